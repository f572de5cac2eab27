using System.Text;
using Veridian.Core.Errors;
using Veridian.Formats.Toml;

namespace Veridian.Unit.Tests.Formats.Toml;

public sealed class TomlDocumentTests
{
    [Fact]
    public void Places_count_lines_and_unicode_scalars_from_one()
    {
        var root = Parse("\uFEFFa = 1\r\n\"é😀\" = { x = [ '''\n''', 2 ] } # c\n[t]\n  k.l = true");
        Assert.Equal("f.toml:1:1", root.Find("a")!.KeySpan.ToString());
        Assert.Equal("f.toml:1:5", root["a"]!.Span.ToString());
        var table = (TomlTable)root["é😀"]!;
        Assert.Equal("f.toml:2:8", table.Span.ToString());
        Assert.Equal("f.toml:2:10", table.Find("x")!.KeySpan.ToString());
        Assert.Equal("f.toml:3:6", ((TomlArray)table["x"]!).Items[1].Span.ToString());
        Assert.Equal("f.toml:4:2", root.Find("t")!.KeySpan.ToString());
        var k = (TomlTable)((TomlTable)root["t"]!)["k"]!;
        Assert.Equal("f.toml:5:5", k.Find("l")!.KeySpan.ToString());
        Assert.Equal("f.toml:5:9", k["l"]!.Span.ToString());
    }

    [Fact]
    public void Entries_keep_their_order_in_small_and_large_tables()
    {
        foreach (var count in new[] { 3, 500 })
        {
            var keys = Enumerable.Range(0, count).Select(i => $"k{i * 7919 % 1000}").ToList();
            var root = Parse(string.Join('\n', keys.Select((key, i) => $"{key} = {i}")));
            Assert.Equal(keys, root.Entries.Select(entry => entry.Key));
            Assert.All(keys, key => Assert.Equal(keys.IndexOf(key), ((TomlInteger)root[key]!).Value));
            Assert.Null(root["none"]);
        }
    }

    [Theory]
    [InlineData("a = 1\na = 2", 2, 1, "'a' is already defined at f.toml:1:1.")]
    [InlineData("[a]\nb.c = 1\n[a.b]", 3, 4, "'b' is already defined at f.toml:2:1.")]
    [InlineData("[a.b]\nx = 1\n[a]\nb.y = 1", 4, 1, "'b' is already defined at f.toml:1:4.")]
    [InlineData("a = [1]\n[[a]]", 2, 3, "'a' is already defined at f.toml:1:1.")]
    [InlineData("a = {x = 1}\n[a.y]", 2, 2, "'a' is already defined at f.toml:1:1.")]
    [InlineData("a = hello", 1, 5, "'hello' is no TOML value.")]
    [InlineData("a = ", 1, 5, "Expected a value, found the end of the file.")]
    [InlineData("a = \n", 1, 5, "Expected a value, found the end of the line.")]
    [InlineData("a", 1, 2, "Expected '=' behind the key 'a', found the end of the file.")]
    [InlineData("é = 1", 1, 1, "Expected a key, found 'é'.")]
    [InlineData("a = \"é", 1, 5, "The string that begins here is not closed before the end of the file.")]
    [InlineData("a = \"x\\q\"", 1, 7, "A backslash must begin one of the escapes")]
    [InlineData("a = \"\\uD800\"", 1, 6, "U+D800 is not a Unicode scalar value.")]
    [InlineData("a = 2026-02-30", 1, 5, "There is no day 2026-02-30.")]
    [InlineData("a = 9223372036854775808", 1, 5, "9223372036854775808 does not fit in 64 bits.")]
    [InlineData("a = [1\nb = 2", 2, 1, "Expected ',' or ']' behind an element, found 'b'.")]
    [InlineData("a = {x = 1,}", 1, 12, "Expected a key, found '}'.")]
    [InlineData("a = 1 b = 2", 1, 7, "Expected the end of the line after the value, found 'b'.")]
    [InlineData("a = 1 # \u0001", 1, 9, "A comment must not hold U+0001.")]
    public void An_error_says_where_and_what(string text, int line, int column, string message)
    {
        var error = Assert.Throws<InvalidInputException>(() => Parse(text));
        Assert.Equal(ErrorCodes.TomlSyntax, error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(new SourceSpan("f.toml", line, column), error.Place);
        Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_at_the_first_of_them()
    {
        var error = Assert.Throws<InvalidInputException>(() => TomlDocument.Parse([.. "a = 'é"u8, 0xFF, .. "'"u8], "f.toml"));
        Assert.Equal(new SourceSpan("f.toml", 1, 7), error.Place);
    }

    [Fact]
    public void Depth_length_and_size_are_limited()
    {
        var deep = TomlDocument.MaxDepth;
        _ = Parse("a = " + new string('[', deep - 1) + "1" + new string(']', deep - 1));
        _ = Parse(string.Join('.', Enumerable.Repeat("a", deep)) + " = 1");
        string[] refused =
        [
            "a = " + new string('[', 100_000),
            "a = " + string.Concat(Enumerable.Repeat("{a=", 100_000)),
            string.Join('.', Enumerable.Repeat("a", deep + 1)) + " = 1",
            "[" + string.Join('.', Enumerable.Repeat("a", 100_000)) + "]",
            "a = 0." + new string('0', 2000),
            "#" + new string('x', TomlDocument.MaxBytes),
        ];
        foreach (var text in refused)
        {
            Assert.Equal(ErrorCodes.TomlSyntax, Assert.Throws<InvalidInputException>(() => Parse(text)).Code);
        }
    }

    [Fact]
    public void Strings_written_as_literals_read_as_they_were()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var value = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => char.ConvertFromUtf32(random.Next(3) switch
            {
                0 => random.Next(0x100),
                1 => "\"\\'\n\r\t#=[]{},."[random.Next(14)],
                _ => random.Next(0xE000, 0x110000),
            })));
            var root = Parse($"{TomlLiteral.Key(value)} = {TomlLiteral.Array([TomlLiteral.String(value)])}");
            Assert.Equal(value, root.Entries[0].Key);
            Assert.Equal(value, ((TomlString)((TomlArray)root[value]!).Items[0]).Value);
        }
    }

    [Fact]
    public void No_changed_byte_of_any_text_escapes_as_another_kind_of_failure()
    {
        const string Text = "a.'b' = 1_0.5e-3 # c\r\nt = { x = \"\\u00e9\", y = '''\n''' }\n[[p.q]]\nd = [ 1979-05-27T07:32:00.5+01:00, 0x1F, -inf, ]\n[s.\"u\"]\nm = \"\"\"\\\n  x\"\"\"\"\"\n";
        var bytes = Encoding.UTF8.GetBytes(Text);
        _ = TomlDocument.Parse(bytes, "f.toml");
        var random = new Random(2);
        for (var i = 0; i < 3000; i++)
        {
            var changed = bytes[..(i % 3 == 0 ? random.Next(bytes.Length) : bytes.Length)];
            for (var j = random.Next(4); j > 0 && changed.Length > 0; j--)
            {
                changed[random.Next(changed.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : bytes[random.Next(bytes.Length)];
            }

            try
            {
                _ = TomlTaggedJson.Write(TomlDocument.Parse(changed, "f.toml"));
            }
            catch (InvalidInputException error)
            {
                Assert.True(error.Place is { Line: > 0, Column: > 0 }, error.ToString());
            }
        }
    }

    private static TomlTable Parse(string text) => TomlDocument.Parse(Encoding.UTF8.GetBytes(text), "f.toml");
}
