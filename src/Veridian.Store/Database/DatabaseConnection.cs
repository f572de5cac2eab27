using System.Runtime.InteropServices;

namespace Veridian.Store.Database;

/// <summary>One open database. For one thread.</summary>
internal sealed unsafe class DatabaseConnection : IDisposable
{
    private const int BusyMilliseconds = 10_000;
    private nint _handle;

    /// <summary>Opens or makes a database file; <c>:memory:</c> makes one that is never written.</summary>
    /// <exception cref="DatabaseException">It cannot be opened.</exception>
    public DatabaseConnection(string path)
    {
        var result = Sqlite.Open(path, out _handle, Sqlite.OpenReadWrite | Sqlite.OpenCreate, 0);
        if (result != Sqlite.Ok)
        {
            var failure = Failure();
            Dispose();
            throw failure;
        }

        _ = Sqlite.BusyTimeout(_handle, BusyMilliseconds);
    }

    /// <summary>Runs statements that give no rows.</summary>
    public void Execute(string sql, params ReadOnlySpan<object> values)
    {
        using var statement = Prepare(sql);
        statement.Run(values);
    }

    /// <summary>Compiles one statement.</summary>
    public DatabaseStatement Prepare(string sql)
    {
        Check(Sqlite.Prepare(_handle, sql, -1, out var statement, 0));
        return new DatabaseStatement(this, statement);
    }

    /// <summary>Runs the work in one database transaction.</summary>
    public void InTransaction(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            Execute("ROLLBACK");
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Sqlite.Close(_handle);
        _handle = 0;
    }

    internal void Check(int result)
    {
        if (result is not (Sqlite.Ok or Sqlite.Row or Sqlite.Done))
        {
            throw Failure();
        }
    }

    private DatabaseException Failure() => new(Marshal.PtrToStringUTF8((nint)Sqlite.ErrorMessage(_handle)) ?? "unknown");
}
