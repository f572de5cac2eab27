using System.Text;

namespace Veridian.Store.Database;

/// <summary>One compiled statement.</summary>
internal sealed unsafe class DatabaseStatement(DatabaseConnection connection, nint handle) : IDisposable
{
    /// <summary>Runs it with texts and numbers in the places of its question marks, and passes over any rows.</summary>
    public void Run(params ReadOnlySpan<object> values)
    {
        Bind(values);
        while (Next())
        {
        }
    }

    /// <summary>Starts it anew with these values.</summary>
    public void Bind(params ReadOnlySpan<object> values)
    {
        _ = Sqlite.Reset(handle);
        for (var i = 0; i < values.Length; i++)
        {
            connection.Check(values[i] is long number
                ? Sqlite.BindNumber(handle, i + 1, number)
                : Sqlite.BindText(handle, i + 1, (string)values[i], -1, Sqlite.Transient));
        }
    }

    /// <summary>Goes to the next row; false if there is none.</summary>
    public bool Next()
    {
        var result = Sqlite.Step(handle);
        connection.Check(result);
        return result == Sqlite.Row;
    }

    /// <summary>A text of the current row.</summary>
    public string Text(int column)
    {
        var text = Sqlite.ColumnText(handle, column);
        return text is null ? "" : Encoding.UTF8.GetString(text, Sqlite.ColumnBytes(handle, column));
    }

    /// <summary>A number of the current row.</summary>
    public long Number(int column) => Sqlite.ColumnNumber(handle, column);

    /// <inheritdoc/>
    public void Dispose() => _ = Sqlite.Finish(handle);
}
