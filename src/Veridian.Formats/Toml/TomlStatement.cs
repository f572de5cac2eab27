namespace Veridian.Formats.Toml;

/// <summary>Where one header or one <c>key = value</c> stands in the text, for <see cref="TomlEditor"/>. All places are byte offsets.</summary>
/// <param name="Section">The table it is written in: a header's, or the braces around it.</param>
/// <param name="Owner">The table that holds the entry; of a header, the table it opens.</param>
/// <param name="Entry">What it defines; null for a header.</param>
/// <param name="KeyStart">Where the first part of the key starts; of a header, the bracket.</param>
/// <param name="LastKeyStart">Where the last part of the key starts.</param>
/// <param name="ValueStart">Where the value starts.</param>
/// <param name="End">Behind the value; of a header, behind the bracket.</param>
internal sealed record TomlStatement(TomlTable Section, TomlTable Owner, TomlEntry? Entry, int KeyStart, int LastKeyStart, int ValueStart, int End);
