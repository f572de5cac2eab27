using System.Text;
using System.Text.Json.Nodes;
using Veridian.Core.Errors;
using Veridian.Formats.Toml;
using Xunit.Abstractions;

namespace Veridian.Unit.Tests.Formats.Toml;

public sealed class TomlEditorTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("[packages]\na = \"1\" # why\n\n# end\n[env]\n", "[packages]\na = \"1\" # why\njq = \"*\"\n\n# end\n[env]\n")]
    [InlineData("[packages]\r\n  a = \"1\"\r\n", "[packages]\r\n  a = \"1\"\r\n  jq = \"*\"\r\n")]
    [InlineData("[packages]\na = \"1\"", "[packages]\na = \"1\"\njq = \"*\"")]
    [InlineData("[packages]\n# nothing yet\n", "[packages]\njq = \"*\"\n# nothing yet\n")]
    [InlineData("[packages]", "[packages]\njq = \"*\"")]
    [InlineData("packages = {}\n", "packages = {jq = \"*\"}\n")]
    [InlineData("packages = { a = \"1\" } # c\n", "packages = { a = \"1\", jq = \"*\" } # c\n")]
    [InlineData("packages.a = \"1\" # c\nx = 1\n", "packages.a = \"1\" # c\npackages.jq = \"*\"\nx = 1\n")]
    [InlineData("[packages]\na = \"1\"\n[[repository]]\nname = \"d\"\n[packages.b]\n", "[packages]\na = \"1\"\njq = \"*\"\n[[repository]]\nname = \"d\"\n[packages.b]\n")]
    [InlineData("[packages]\na = [ # x\n  \"]\", # y\n] # z\n", "[packages]\na = [ # x\n  \"]\", # y\n] # z\njq = \"*\"\n")]
    [InlineData("[packages]\na = '''\n[packages]\nb = 1\n'''\n", "[packages]\na = '''\n[packages]\nb = 1\n'''\njq = \"*\"\n")]
    [InlineData("['packages']\n\"a\" = 1\n", "['packages']\n\"a\" = 1\njq = \"*\"\n")]
    [InlineData("[packages]\na.version = \"1\"\n[env]\n", "[packages]\na.version = \"1\"\njq = \"*\"\n[env]\n")]
    public void A_new_key_goes_behind_the_last_one_of_its_table_and_comes_out_again(string before, string after)
    {
        var editor = Open(before);
        editor.Set(["packages"], "jq", TomlLiteral.String("*"));
        Assert.Equal(after, Text(editor));

        Assert.True(editor.Remove(["packages"], "jq"));
        Assert.Equal(before, Text(editor));
        Assert.False(editor.Remove(["packages"], "jq"));
    }

    [Theory]
    [InlineData("", "[packages]\njq = \"*\"\n")]
    [InlineData("# only a comment", "# only a comment\n\n[packages]\njq = \"*\"")]
    [InlineData("a = 1\r\n", "a = 1\r\n\r\n[packages]\r\njq = \"*\"\r\n")]
    [InlineData("[packages.a]\nversion = \"1\"\n", "[packages.a]\nversion = \"1\"\n\n[packages]\njq = \"*\"\n")]
    public void A_table_without_a_header_gets_one_at_the_end_which_stays(string before, string after)
    {
        var editor = Open(before);
        editor.Set(["packages"], "jq", TomlLiteral.String("*"));
        Assert.Equal(after, Text(editor));

        Assert.True(editor.Remove(["packages"], "jq"));
        Assert.Equal(after[..after.IndexOf("jq", StringComparison.Ordinal)].TrimEnd(), Text(editor).TrimEnd());
    }

    [Theory]
    [InlineData("[packages]\njq  =  \"*\"  # keep\n", "[packages]\njq  =  \"1.6\"  # keep\n")]
    [InlineData("[packages]\n\"jq\" = { version = \"*\" } # keep", "[packages]\n\"jq\" = \"1.6\" # keep")]
    [InlineData("packages = { a = \"1\", jq = \"*\",b=\"2\" }", "packages = { a = \"1\", jq = \"1.6\",b=\"2\" }")]
    [InlineData("packages.jq = \"*\"", "packages.jq = \"1.6\"")]
    [InlineData("[packages]\na = \"1\"\n\n[packages.jq]\nversion = \"*\"\n# inside\nhold = true\n\n# env\n[env]\n", "[packages]\na = \"1\"\njq = \"1.6\"\n\n# env\n[env]\n")]
    [InlineData("[packages]\njq.version = \"*\" # a\nb = \"1\"\njq.hold = true\n", "[packages]\nb = \"1\"\njq = \"1.6\"\n")]
    [InlineData("packages = { jq.version = \"*\", jq.hold = true }", "packages = { jq = \"1.6\" }")]
    public void A_known_key_gets_its_new_value_wherever_it_was_written(string before, string after)
    {
        var editor = Open(before);
        editor.Set(["packages"], "jq", TomlLiteral.String("1.6"));
        Assert.Equal(after, Text(editor));
        Assert.Equal("1.6", Assert.IsType<TomlString>(((TomlTable)editor.Root["packages"]!)["jq"]).Value);
    }

    [Theory]
    [InlineData("[packages]\njq = \"*\" # gone\n# stays\na = 1\n", "[packages]\n# stays\na = 1\n")]
    [InlineData("[packages]\na = 1\njq = \"*\"", "[packages]\na = 1")]
    [InlineData("[packages]\r\na = 1\r\njq = \"*\"", "[packages]\r\na = 1")]
    [InlineData("packages = { jq = \"*\", a = 1 }", "packages = { a = 1 }")]
    [InlineData("packages = { a = 1, jq = \"*\" }", "packages = { a = 1 }")]
    [InlineData("packages = { a = 1, jq = { version = \"*\" }, b = 2 }", "packages = { a = 1, b = 2 }")]
    [InlineData("[packages]\na = 1\n\n[packages.jq]\nversion = \"1\"\n[packages.jq.more]\nx = 1\n\n[env]\nA = \"b\"\n", "[packages]\na = 1\n\n[env]\nA = \"b\"\n")]
    [InlineData("[packages]\na = 1\n\n[packages.jq]\nversion = \"1\"\n", "[packages]\na = 1\n")]
    [InlineData("[[packages.jq]]\nx = 1\n[env]\n[[packages.jq]]\ny = 1\n", "[env]\n")]
    public void A_key_is_removed_however_it_was_written(string before, string after)
    {
        var editor = Open(before);
        Assert.True(editor.Remove(["packages"], "jq"));
        Assert.Equal(after, Text(editor));
    }

    [Fact]
    public void Keys_and_texts_that_need_quotes_get_them()
    {
        var editor = Open("[packages]\n");
        editor.Set(["packages"], "g++ \"x\"", TomlLiteral.Table([("version", TomlLiteral.String("a\"\\\n\u0001é")), ("f", TomlLiteral.Array([TomlLiteral.Integer(-1), TomlLiteral.Boolean(true)]))]));
        Assert.Equal("[packages]\n\"g++ \\\"x\\\"\" = { version = \"a\\\"\\\\\\n\\u0001é\", f = [-1, true] }\n", Text(editor));
        Assert.Equal("a\"\\\n\u0001é", ((TomlString)((TomlTable)((TomlTable)editor.Root["packages"]!)["g++ \"x\""]!)["version"]!).Value);
    }

    [Theory]
    [InlineData("packages = 1\n")]
    [InlineData("[[packages]]\n")]
    public void A_path_through_something_else_than_tables_is_refused_and_changes_nothing(string before)
    {
        var editor = Open(before);
        var refused = Assert.Throws<InvalidInputException>(() => editor.Set(["packages"], "jq", TomlLiteral.String("*")));
        Assert.Equal(1, refused.Place!.Line);
        Assert.Equal(before, Text(editor));
    }

    [Fact]
    public void In_every_file_of_the_suite_a_key_can_be_added_to_every_table_and_taken_away_again()
    {
        foreach (var (name, bytes) in Corpus())
        {
            foreach (var path in TablePaths(TomlDocument.Parse(bytes, name), []))
            {
                var editor = new TomlEditor(bytes, name);
                var expected = Json(editor);
                At(expected, path)["added key"] = JsonNode.Parse("""{"type":"bool","value":"true"}""");
                editor.Set(path, "added key", TomlLiteral.Boolean(true));
                Assert.True(JsonNode.DeepEquals(expected, Json(editor)), $"{name} {string.Join('.', path)}:\n{Text(editor)}");

                Assert.True(editor.Remove(path, "added key"));
                var implicitOnly = !Encoding.UTF8.GetString(bytes).Equals(Text(editor), StringComparison.Ordinal);
                if (implicitOnly)
                {
                    // The table had no header of its own: the one that was made for it stays, and nothing else changed.
                    Assert.StartsWith(Encoding.UTF8.GetString(bytes), Text(editor), StringComparison.Ordinal);
                    Assert.EndsWith("]", Text(editor).TrimEnd(), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void In_every_file_of_the_suite_every_key_can_be_replaced_and_removed()
    {
        foreach (var (name, bytes) in Corpus())
        {
            foreach (var path in TablePaths(TomlDocument.Parse(bytes, name), []))
            {
                foreach (var key in At(Json(new TomlEditor(bytes, name)), path).AsObject().Select(pair => pair.Key))
                {
                    var editor = new TomlEditor(bytes, name);
                    var expected = Json(editor);
                    At(expected, path)[key] = JsonNode.Parse("""{"type":"integer","value":"7"}""");
                    editor.Set(path, key, TomlLiteral.Integer(7));
                    Assert.True(JsonNode.DeepEquals(expected, Json(editor)), $"{name} {string.Join('.', path)} {key}:\n{Text(editor)}");

                    editor = new TomlEditor(bytes, name);
                    Assert.True(editor.Remove(path, key));
                    At(expected, path).AsObject().Remove(key);
                    Assert.True(JsonNode.DeepEquals(WithoutEmptyTables(expected), WithoutEmptyTables(Json(editor))), $"{name} {string.Join('.', path)} {key}:\n{Text(editor)}");
                }
            }
        }
    }

    private IEnumerable<(string Name, byte[] Bytes)> Corpus()
    {
        yield return ("hostile", Encoding.UTF8.GetBytes("""
            a.b.c = 1 # dotted
            t = { x.y = 1, x.z = { }, w = [ { v = 1 } ] }
            [s."quoted.key".'lit'] # header
              k = 1
              d.e.f = 2
            # end of table
            [[r]]
            n = 1
              [r.sub]
              q = 1
            [s]
            last = "x"
            """));
        var files = TomlSuite.Files("valid");
        if (files.Count == 0)
        {
            output.WriteLine("The suite is not here; only the built-in text is used.");
        }

        foreach (var file in files)
        {
            yield return (file, File.ReadAllBytes(file));
        }
    }

    private static IEnumerable<string[]> TablePaths(TomlTable table, string[] path)
    {
        yield return path;
        foreach (var entry in table.Entries)
        {
            if (entry.Value is TomlTable child)
            {
                foreach (var deeper in TablePaths(child, [.. path, entry.Key]))
                {
                    yield return deeper;
                }
            }
        }
    }

    private static JsonNode? WithoutEmptyTables(JsonNode? node)
    {
        if (node is JsonObject table)
        {
            foreach (var (key, value) in table.ToList())
            {
                if (WithoutEmptyTables(value) is JsonObject { Count: 0 })
                {
                    table.Remove(key);
                }
            }
        }

        return node;
    }

    private static JsonNode At(JsonNode node, string[] path) => path.Aggregate(node, (at, key) => at[key]!);

    private static JsonNode Json(TomlEditor editor) => JsonNode.Parse(TomlTaggedJson.Write(TomlDocument.Parse(editor.ToUtf8(), "edited.toml")))!;

    private static TomlEditor Open(string text) => new(Encoding.UTF8.GetBytes(text), "vpkg.toml");

    private static string Text(TomlEditor editor) => Encoding.UTF8.GetString(editor.ToUtf8());
}
