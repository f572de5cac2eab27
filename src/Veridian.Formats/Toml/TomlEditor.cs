using Veridian.Core.Errors;

namespace Veridian.Formats.Toml;

/// <summary>Edits single keys of a TOML text and leaves everything else as it was written: comments, order, blanks, line ends.</summary>
/// <remarks>Source: <c>spec/toml.md</c> T-5 to T-9.</remarks>
public sealed class TomlEditor
{
    /// <summary>Opens a text.</summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.TomlSyntax"/>: it cannot be read.</exception>
    public TomlEditor(ReadOnlySpan<byte> utf8, string fileName) => throw new NotImplementedException(fileName + utf8.Length);

    /// <summary>The text as it reads now.</summary>
    public TomlTable Root => throw new NotImplementedException();

    /// <summary>The text as it stands now.</summary>
    public byte[] ToUtf8() => throw new NotImplementedException();

    /// <summary>Gives a key a value: replaces the value in place, else adds a line, else adds the table.</summary>
    /// <param name="table">The table's path from the root; empty for the root.</param>
    /// <param name="key">The key in it.</param>
    /// <param name="value">The new value.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.TomlSyntax"/>: something on the path is no table.</exception>
    public void Set(IReadOnlyList<string> table, string key, TomlLiteral value) => throw new NotImplementedException($"{table}{key}{value}");

    /// <summary>Removes a key, however it was written. The table stays.</summary>
    /// <returns>False when there is no such key.</returns>
    public bool Remove(IReadOnlyList<string> table, string key) => throw new NotImplementedException($"{table}{key}");
}
