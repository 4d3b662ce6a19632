using System.Text;

namespace DataManifest.Archives;

/// <summary>
/// The records of an extended header while they pass. The platform's reader takes every line for a record; but a record's length stands before it, and the value of a
/// file attribute, which macOS and <c>tar --xattrs</c> write, is any bytes. So the line ends within values become blanks: nothing here reads such values.
/// </summary>
internal sealed class PaxRecords
{
    private readonly StringBuilder _name = new();
    private int _number;
    private int _digits;
    private int _left;
    private bool _isBroken;

    /// <summary>Passes the next bytes.</summary>
    /// <param name="bytes">The bytes, of which line ends within values are changed. What is no record is left to the reader.</param>
    /// <exception cref="InvalidDataException">The line end is part of a path.</exception>
    public void Pass(Span<byte> bytes)
    {
        foreach (ref var unit in bytes)
        {
            if (_left > 0)
            {
                PassRecord(ref unit);
            }
            else if (!_isBroken)
            {
                PassLength(unit);
            }
        }
    }

    private void PassLength(byte unit)
    {
        if (unit is >= (byte)'0' and <= (byte)'9' && _digits < 8)
        {
            (_number, _digits) = ((_number * 10) + unit - '0', _digits + 1);
            return;
        }

        _left = _number - _digits - 1;
        _isBroken = unit != ' ' || _left <= 0;
        _left = _isBroken ? 0 : _left;
        (_number, _digits) = (0, 0);
        _name.Clear();
    }

    private void PassRecord(ref byte unit)
    {
        _left--;
        if (_left > 0 && unit == '\n')
        {
            unit = _name.ToString() is not ("path=" or "linkpath=") ? (byte)' ' : throw new InvalidDataException("A name has a line end, which the reader takes for the end of the name.");
        }

        if (_name.Length < "linkpath=".Length && (_name.Length == 0 || _name[^1] != '='))
        {
            _name.Append((char)unit);
        }
    }
}
