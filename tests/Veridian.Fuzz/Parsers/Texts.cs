using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Formats.Lockfile;
using Veridian.Formats.Profile;
using Veridian.Formats.Toml;
using Veridian.Testing;
using static Veridian.Fuzz.Parser;

namespace Veridian.Fuzz.Parsers;

/// <summary>What people write: TOML, profiles, lock files, versions, constraints, specs.</summary>
internal static class Texts
{
    private static readonly string[] TomlWords = ["[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\"", "\"\"\"", "'", "'''", "#", "\\u00e9", "\\UFFFFFFFF", "1979-05-27T07:32:00Z", "0x_1", "1e999", "-nan", "\r\n", "a.b.c"];

    public static IEnumerable<Parser> All =>
    [
        new("toml", () => [Utf8(AllToml), File("examples/dev/vpkg.toml"), .. Vectors("store-format/lockfile/vectors/ok")], Toml) { Words = TomlWords },
        new("profile", () => [File("examples/dev/vpkg.toml"), Utf8(AllProfile)], Profile)
        {
            Words = [.. TomlWords, "[packages]", "[env]", "[[repository]]", "include = [\"x\"]", "inherit", "${HOME}", "$A", "^1.2", "*", "environment.x.packages"],
        },
        new("lock", () => Vectors("store-format/lockfile/vectors/ok"), Lock) { Words = [.. TomlWords, "format = 1", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "depends = [\"a\"]", "blake3"] },
        new("versions", () => [Utf8("1.0-1\n1:2.3~rc1-0ubuntu1\n2024a\n>=1.2, <2"), Utf8("1.2.3-rc.1+b\n1.2.3\n0.0.1\n^0.2.3"), Utf8("9.4p1\n9.4\n9\n!=17.*, ~1.2")], Versions)
        {
            Words = ["~", "+", ":", "-", ".", "rc", "beta", ">=", "<=", "!=", "^", ".*", "*", "0000000000000000000001", "2147483648:1"],
        },
        new("spec", () => [Utf8("jq"), Utf8("debian/jq:amd64[feature,other]@1.7"), Utf8("ripgrep>=13,<14"), Utf8("a=1.2.3")], Spec)
        {
            Words = ["@", "/", ":", "[", "]", ",", ">=", "@latest", "@17", "=", " "],
        },
    ];

    private static string Toml(byte[] input)
    {
        var before = TomlTaggedJson.Write(TomlDocument.Parse(input, "fuzz.toml"));
        var editor = new TomlEditor(input, "fuzz.toml");
        Require(editor.ToUtf8().AsSpan().SequenceEqual(input) || input.AsSpan().StartsWith("\uFEFF"u8), "an editor that has edited nothing gives the text");
        if (editor.Root.Find("fuzz-table") is null)
        {
            editor.Set(["fuzz-table"], "fuzz-key", TomlLiteral.Integer(1));
            Require(editor.Root.Find("fuzz-table")?.Value is TomlTable table && table.Find("fuzz-key") is not null, "a key that was set is there");
            editor.Remove([], "fuzz-table");
            Require(TomlTaggedJson.Write(editor.Root).AsSpan().SequenceEqual(before), "setting a key and removing it changes no other (T-5)");
        }

        return Size(before.Length) + Kinds(TomlDocument.Parse(input, "fuzz.toml"), 0);
    }

    private static string Profile(byte[] input)
    {
        var profile = ProfileReader.Read(input, "vpkg.toml");
        var evaluated = ProfileEvaluator.Evaluate(
            profile, _ => throw new InvalidInputException(ErrorCodes.ProfileInclude, "nothing can be included here", "Include nothing."), "linux-amd64", ProfileEvaluator.DefaultEnvironment);
        return $"{Size(evaluated.Requirements.Count)},{Size(evaluated.Variables.Count)},{Size(evaluated.Repositories.Count)},{Size(evaluated.FileRules.Count)}";
    }

    private static string Lock(byte[] input)
    {
        var written = LockFileWriter.Write(LockFileReader.Read(input, "vpkg.lock"));
        var again = LockFileReader.Read(written, "vpkg.lock");
        Require(LockFileWriter.Write(again).AsSpan().SequenceEqual(written), "a lock that was read, written and read is the same lock");
        return $"{Size(written.Length)},{again.Selections.Count}";
    }

    private static string Versions(byte[] input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n');
        var word = new StringBuilder();
        foreach (var scheme in Enum.GetValues<VersionScheme>())
        {
            word.Append(Order(scheme, lines[0], lines.ElementAtOrDefault(1) ?? "", lines.ElementAtOrDefault(2) ?? ""));
            word.Append(Constraint(scheme, lines[^1], lines[0]));
        }

        return word.ToString();
    }

    private static string Order(VersionScheme scheme, string a, string b, string c)
    {
        var (ab, bc, ac) = (VersionOrder.Compare(scheme, a, b), VersionOrder.Compare(scheme, b, c), VersionOrder.Compare(scheme, a, c));
        Require(VersionOrder.Compare(scheme, a, a) == 0, "a version is the same as itself");
        Require(Math.Sign(VersionOrder.Compare(scheme, b, a)) == -Math.Sign(ab), "the order has two directions");
        Require(!(ab <= 0 && bc <= 0) || ac <= 0, "the order is transitive");
        return $"{Math.Sign(ab)}{Math.Sign(bc)}{(PackageVersion.IsValid(scheme, a) ? "v" : "")}";
    }

    private static string Constraint(VersionScheme scheme, string text, string version)
    {
        try
        {
            var set = ConstraintParser.Parse(scheme, text, null);
            var other = set.Complement();
            Require(set.Intersect(other).IsEmpty && set.Union(other).IsAll, "a set and the rest share nothing and are all");
            Require(set.Contains(version) != other.Contains(version), "a version is in a set or in the rest");
            _ = set.ToString();
            return set.IsEmpty ? "0" : set.IsAll ? "1" : "s";
        }
        catch (InvalidInputException refused)
        {
            return refused.Message.Length > 0 && refused.Hint.Length > 0 ? "x" : throw new BrokenPromiseException("a refusal has a message and a hint");
        }
    }

    private static string Spec(byte[] input)
    {
        var spec = PackageSpec.Parse(Encoding.UTF8.GetString(input));
        Require(PackageSpec.Parse(spec.ToString()).Equals(spec), "a spec that was written is read as the same");
        return $"{spec.Repository is null}{spec.Architecture is null}{Size(spec.Features.Count)}{Size(spec.Constraint.Length)}";
    }

    private static string Kinds(TomlTable table, int depth) => depth > 4 ? "" : string.Concat(
        table.Entries.Select(entry => entry.Value is TomlTable below ? "{" + Kinds(below, depth + 1) + "}" : entry.Value.Kind.ToString()[..1]).Take(12));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] File(string path) => System.IO.File.ReadAllBytes(Checkout.PathOf(path));

    private static IEnumerable<byte[]> Vectors(string folder) =>
        Directory.EnumerateFiles(Checkout.PathOf(folder)).Order(StringComparer.Ordinal).Select(System.IO.File.ReadAllBytes);

    private const string AllToml = """"
        # every kind of value
        title = "text \u00e9 \t \\"
        literal = 'C:\path'
        multi = """
        two \
          lines"""
        raw = '''
        as is'''
        "quoted key" = 1
        a.b.c = [1, 2, [3, "four"], {x = 1, y.z = 2}]
        hex = 0xDEAD_BEEF
        octal = 0o755
        binary = 0b1101
        float = 6.626e-34
        infinite = -inf
        yes = true
        moment = 1979-05-27T07:32:00.999-07:00
        local = 1979-05-27 07:32:00
        day = 1979-05-27
        time = 07:32:00.5

        [table.inner]
        key = "value"

        [[list]]
        name = "one"
        [list.below]
        k = 1

        [[list]]
        """";

    private const string AllProfile = """
        include = []
        [profile]
        name = "all"
        confirm = true
        recommends = false
        scripts = "native"
        requires-vpkg = ">=0.1"
        inherit = ["HOME"]
        [[repository]]
        name = "main"
        url = "https://example.org/debian"
        suites = ["stable"]
        components = ["main"]
        signed-by = "key.asc"
        priority = 600
        max-age-days = 30
        [packages]
        jq = "*"
        git = { version = ">=2.30", optional = true, repository = "main", features = ["x"], hold = "why" }
        [env]
        PATH_EXTRA = "${HOME}/bin$$"
        MORE = "${PATH_EXTRA}:x"
        [files]
        priority = { jq = 5 }
        hide = { "usr/bin/x" = "jq" }
        rename = { "git:usr/bin/y" = "usr/bin/z" }
        [environment.more.packages]
        curl = "^7.88"
        [target.linux-amd64.packages]
        only = "1.*"
        """;
}
