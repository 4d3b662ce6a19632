using DataManifest.Text;

namespace DataManifest.Toml;

[TestClass]
public sealed class TomlWriterTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("b = 1\na = 'x'\n", "a = \"x\"\nb = 1\n")]
    [DataRow("[z]\n[_A]\n[a._b]\n[a.B]\n", "[_A]\n\n[a.B]\n\n[a._b]\n\n[z]\n", DisplayName = "structural names first at the top only")]
    [DataRow("\"\U0001F600\" = 1\n\"\uFFFD\" = 2\n", "\"\uFFFD\" = 2\n\"\U0001F600\" = 1\n", DisplayName = "sorted by code point")]
    [DataRow("a = [1, [2]]\nb = []\n", "a = [\n    1,\n    [\n        2,\n    ],\n]\nb = []\n")]
    [DataRow("a.b.c = 1\n", "[a.b]\nc = 1\n", DisplayName = "no header without own keys")]
    [DataRow("a = [{ y = 1, x = {} }]\n", "a = [\n    { x = {}, y = 1 },\n]\n")]
    [DataRow("a = [{ x = [1] }]\n", "[[a]]\nx = [\n    1,\n]\n")]
    [DataRow("a = \"\\t\\u0001\\b\\\\é\\u007f\"\n", "a = \"\t\\u0001\\b\\\\é\\u007f\"\n")]
    [DataRow("a = 1979-05-27T07:32:00.5Z\nb = 1979-05-27t07:32:00\n", "a = 1979-05-27 07:32:00.500000+00:00\nb = 1979-05-27 07:32:00\n")]
    public void ToCanonical_gives_the_one_form(string text, string expected) =>
        Assert.AreEqual(expected, TomlWriter.ToCanonical(TomlDocument.Parse(text).Root));

    [TestMethod]
    [DataRow(0.0, "0.0")]
    [DataRow(-0.0, "-0.0")]
    [DataRow(1.0, "1.0")]
    [DataRow(-1234.5, "-1234.5")]
    [DataRow(0.0001, "0.0001")]
    [DataRow(0.00001, "1e-05")]
    [DataRow(1e15, "1000000000000000.0")]
    [DataRow(9999999999999998.0, "9999999999999998.0")]
    [DataRow(1e16, "1e+16")]
    [DataRow(1.5e100, "1.5e+100")]
    [DataRow(5e-324, "5e-324")]
    [DataRow(double.MaxValue, "1.7976931348623157e+308")]
    [DataRow(double.NegativeInfinity, "-inf")]
    [DataRow(double.PositiveInfinity, "inf")]
    [DataRow(double.NaN, "nan")]
    public void PythonFloat_writes_the_repr(double value, string expected) => Assert.AreEqual(expected, PythonFloat.Format(value));

    [TestMethod]
    [DataRow(4.1045368012983762E-289, "4.1045368012983762e-289")]
    [DataRow(5.684341886080802e-14, "5.684341886080802e-14")]
    [DataRow(5e-324, "5e-324")]
    [DataRow(1e23, "1e+23")]
    [DataRow(9007199254740993, "9007199254740992.0")]
    [DataRow(double.MaxValue, "1.7976931348623157e+308")]
    public void PythonFloat_isShortestAndReadsBack_whateverTheRuntime(double value, string expected) => Assert.AreEqual(expected, PythonFloat.Format(value));

    [TestMethod]
    public void PythonFloat_ofEveryPowerOfTwo_andOfAnyNumber_readsBack()
    {
        var random = new Random(1);
        var powers = Enumerable.Range(-1074, 2098).Select(exponent => Math.Pow(2, exponent));
        var any = Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite);
        foreach (var value in powers.Concat(any))
        {
            Assert.AreEqual(value, double.Parse(PythonFloat.Format(value), System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
