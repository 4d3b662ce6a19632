// Every test has folders, a server and processes of its own.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.MethodLevel)]
