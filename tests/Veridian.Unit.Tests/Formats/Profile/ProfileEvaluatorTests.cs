using System.Text;
using Veridian.Core.Errors;
using Veridian.Formats.Profile;

namespace Veridian.Unit.Tests.Formats.Profile;

public sealed class ProfileEvaluatorTests
{
    [Fact]
    public void Layers_add_and_replace_from_base_over_target_to_environment()
    {
        var files = new Dictionary<string, string>
        {
            ["p/vpkg.toml"] = """
                include = ["../base.toml", "sub/./x.toml"]
                [profile]
                name = "root"
                [packages]
                jq = "*"
                gdb = "1.*"
                [environment.test.packages]
                gdb = "3.*"
                [target.linux-amd64.packages]
                gdb = "2.*"
                qemu = "*"
                """,
            ["base.toml"] = "include = [\"p/sub/x.toml\"]\n[profile]\nname = \"base\"\nrecommends = true\n[packages]\njq = \"*\"\n[[repository]]\nname = \"d\"\nsuites = [\"s\"]\n",
            ["p/sub/x.toml"] = "[packages]\nawk = { version = \"*\", hold = \"a\" }\n[[repository]]\nname = \"off\"\nenabled = false\nsuites = [\"s\"]\n",
        };

        Assert.Equal("awk=* gdb=2.* jq=* qemu=*", Packages(Evaluate(files, "linux-amd64", "default")));
        Assert.Equal("awk=* gdb=3.* jq=* qemu=*", Packages(Evaluate(files, "linux-amd64", "test")));
        Assert.Equal("awk=* gdb=1.* jq=*", Packages(Evaluate(files, "linux-arm64", "default")));

        var profile = Evaluate(files, "linux-amd64", "test");
        Assert.Equal(["p/vpkg.toml", "base.toml", "p/sub/x.toml"], profile.Files);
        Assert.Equal(("root", true, false, ScriptPolicy.Run), (profile.Name, profile.Recommends, profile.Confirm, profile.Scripts));
        Assert.Equal("d", Assert.Single(profile.Repositories).Name);
        Assert.Equal("""
            vpkg-inputs 1
            platform "linux-amd64"
            environment "test"
            recommends true
            repository "d" kind="debian" suites=["s"] components=["main"] priority=500
            package "awk" version="*" hold
            package "gdb" version="3.*"
            package "jq" version="*"
            package "qemu" version="*"

            """, profile.CanonicalText());
    }

    [Fact]
    public void The_canonical_text_ignores_what_cannot_change_the_solution_and_sees_what_can()
    {
        string Canonical(string text) => Evaluate(new() { ["v.toml"] = text }, "linux-amd64", "default").CanonicalText();
        var plain = Canonical("[packages]\njq = \">=1,<2\"\nawk = \"*\"\n");
        Assert.Equal(plain, Canonical("# c\n[profile]\nname=\"x\"\nconfirm=true\n[env]\nA=\"b\"\n[packages]\nawk = \"*\"\n[packages.jq]\nversion = \">= 1,  <2\"\nhold=false\n"));
        string[] others = ["[packages]\njq = \">=1,<3\"\nawk = \"*\"", "[packages]\njq = \">=1,<2\"", "[profile]\nrecommends = true\n[packages]\njq = \">=1,<2\"\nawk = \"*\"",
            "[packages]\njq = { version=\">=1,<2\", hold=true }\nawk = \"*\"", "[packages]\njq = { version=\">=1,<2\", features=[\"a\"] }\nawk = \"*\"",
            "[profile]\nmin-age = \"7d\"\n[packages]\njq = \">=1,<2\"\nawk = \"*\"", "[profile]\nas-of = \"2026-05-01\"\n[packages]\njq = \">=1,<2\"\nawk = \"*\""];
        Assert.Equal(others.Length + 1, others.Select(Canonical).Append(plain).Distinct().Count());
        Assert.Equal(Canonical("[packages]\njq={hold=\"a\"}"), Canonical("[packages]\njq={hold=\"b\"}"));
    }

    [Theory]
    [InlineData("[packages]\njq = \"1.*\"", "[packages]\njq = \"2.*\"", "a.toml:2:1", "b.toml:2:1")]
    [InlineData("[profile]\nconfirm = true", "[profile]\nconfirm = false", "a.toml:2:1", "b.toml:2:1")]
    [InlineData("[[repository]]\nname = \"d\"\nsuites = [\"s\"]", "[[repository]]\nname = \"d\"\nsuites = [\"t\"]", "a.toml:2:1", "b.toml:2:1")]
    [InlineData("[env]\nA = \"1\"", "[env]\n\nA = \"2\"", "a.toml:2:1", "b.toml:3:1")]
    [InlineData("[files]\npriority = { a = 1 }", "[files]\npriority = { a = 2 }", "a.toml:2:14", "b.toml:2:14")]
    [InlineData("[environment.t.packages]\njq = \"1.*\"", "[environment.t.packages]\njq = \"2.*\"", "a.toml:2:1", "b.toml:2:1")]
    public void Two_files_that_disagree_are_both_named(string left, string right, string first, string second)
    {
        var files = new Dictionary<string, string> { ["v.toml"] = "include = [\"a.toml\", \"b.toml\"]\n[environment.t.env]\n", ["a.toml"] = left, ["b.toml"] = right };
        var error = Assert.Throws<InvalidInputException>(() => Evaluate(files, "linux-amd64", "t"));
        Assert.Equal(ErrorCodes.ProfileInclude, error.Code);
        Assert.Contains(first, error.Message, StringComparison.Ordinal);
        Assert.Contains(second, error.Message, StringComparison.Ordinal);
        Assert.Equal(second, error.Place!.ToString());
    }

    [Fact]
    public void A_cycle_of_includes_is_refused_with_its_chain()
    {
        var files = new Dictionary<string, string> { ["d/v.toml"] = "include = [\"a.toml\"]", ["d/a.toml"] = "include = [\"../b.toml\"]", ["b.toml"] = "\ninclude = [\"d/x/../a.toml\"]" };
        var error = Assert.Throws<InvalidInputException>(() => Evaluate(files, "linux-amd64", "default"));
        Assert.Equal(ErrorCodes.ProfileInclude, error.Code);
        Assert.Contains("d/a.toml -> b.toml -> d/a.toml", error.Message, StringComparison.Ordinal);
        Assert.Equal("b.toml:2:12", error.Place!.ToString());
    }

    [Fact]
    public void An_include_that_is_not_there_is_told_with_its_place()
    {
        var root = Read("\ninclude = [\"a.toml\"]", "v.toml");
        var error = Assert.Throws<InvalidInputException>(() => ProfileEvaluator.Evaluate(root, _ => null, "linux-amd64", "default"));
        Assert.Equal(ErrorCodes.ProfileInclude, error.Code);
        Assert.Equal("v.toml:2:12", error.Place!.ToString());
    }

    [Theory]
    [InlineData("v.toml", "a.toml", "a.toml")]
    [InlineData("x/v.toml", "../a.toml", "a.toml")]
    [InlineData("v.toml", "../a.toml", "../a.toml")]
    [InlineData("../x/v.toml", "../../a.toml", "../../a.toml")]
    [InlineData("/etc/v.toml", "../../../a.toml", "/a.toml")]
    [InlineData("x/v.toml", "/etc//./a.toml", "/etc/a.toml")]
    public void An_include_is_looked_up_beside_the_file_that_names_it(string file, string include, string asked)
    {
        var loaded = new List<string>();
        var root = Read($"include = [\"{include}\"]", file);
        ProfileEvaluator.Evaluate(root, path => { loaded.Add(path); return Read("", path); }, "linux-amd64", "default");
        Assert.Equal([asked], loaded);
    }

    [Fact]
    public void Variables_refer_to_each_other_and_to_inherited_ones()
    {
        var profile = Evaluate(new()
        {
            ["v.toml"] = """
                [profile]
                inherit = ["HOME", "PATH"]
                [env]
                A = "${B}-$$-${HOME}/x"
                B = "b"
                HOME_TOO = "${HOME}"
                PATH = "${A}:${PATH}"
                EMPTY = ""
                [environment.e.env]
                B = "${EMPTY}é"
                """,
        }, "linux-amd64", "e");
        string? Host(string name) => name switch { "HOME" => "/home/u", "PATH" => "/bin", _ => throw new InvalidOperationException(name) };
        Assert.Equal(["A=é-$-/home/u/x", "B=é", "EMPTY=", "HOME_TOO=/home/u", "PATH=é-$-/home/u/x:/bin"],
            profile.Variables.Select(variable => $"{variable.Name}={variable.Expand(Host)}"));
        Assert.Equal("é-$-/x", profile.Variables[0].Expand(_ => null));
    }

    [Theory]
    [InlineData("A = \"${HOM}\"", "VS1019", "${HOME}")]
    [InlineData("A = \"${USER}\"", "VS1019", "inherit")]
    [InlineData("A = \"${B}\"\nB = \"${C}\"\nC = \"${B}\"", "VS1019", "B -> C -> B")]
    [InlineData("A = \"${A}\"", "VS1019", "A -> A")]
    [InlineData("A = \"$HOME\"", "VS1003", "$$")]
    [InlineData("A = \"${HOME\"", "VS1003", "$$")]
    [InlineData("A = \"${}\"", "VS1003", "$$")]
    public void A_reference_that_means_nothing_is_refused(string env, string id, string words)
    {
        var error = Assert.Throws<InvalidInputException>(() => Evaluate(new() { ["v.toml"] = "[profile]\ninherit = [\"HOME\"]\n[env]\n" + env }, "linux-amd64", "default"));
        Assert.Equal(id, error.Code.Id);
        Assert.Contains(words, error.Message + error.Hint, StringComparison.Ordinal);
        Assert.True(error.Place!.Line >= 4);
    }

    [Fact]
    public void Variables_that_double_each_other_or_form_a_long_chain_are_refused()
    {
        var doubling = string.Concat(Enumerable.Range(0, 40).Select(i => $"V{i} = \"${{V{i + 1}}}${{V{i + 1}}}\"\n")) + "V40 = \"x\"\n";
        var chain = string.Concat(Enumerable.Range(0, 20000).Select(i => $"V{i} = \"${{V{i + 1}}}\"\n")) + "V20000 = \"x\"\n";
        foreach (var env in new[] { doubling, chain })
        {
            var error = Assert.Throws<InvalidInputException>(() => Evaluate(new() { ["v.toml"] = "[env]\n" + env }, "linux-amd64", "default"));
            Assert.Equal(ErrorCodes.ProfileValue, error.Code);
        }
    }

    [Theory]
    [InlineData("[environment.test.packages]\na = \"*\"", "tets", "'test'")]
    [InlineData("[environment.test.packages]\na = \"*\"", "other", "test")]
    [InlineData("", "other", "[environment.other.packages]")]
    [InlineData("[[repository]]\nname = \"debian\"\nsuites = [\"s\"]\n[packages]\na = { repository = \"debain\" }", "default", "'debian'")]
    [InlineData("[[repository]]\nname = \"b\"\nenabled = false\nsuites = [\"s\"]\n[packages]\na = { repository = \"b\" }", "default", "not enabled")]
    public void An_unknown_environment_or_repository_is_refused(string text, string environment, string words)
    {
        var error = Assert.Throws<InvalidInputException>(() => Evaluate(new() { ["v.toml"] = text }, "linux-amd64", environment));
        Assert.Equal(ErrorCodes.ProfileValue, error.Code);
        Assert.Contains(words, error.Message + error.Hint, StringComparison.Ordinal);
    }

    private static string Packages(EvaluatedProfile profile) => string.Join(' ', profile.Requirements.Select(package => $"{package.Name}={package.Constraint}"));

    private static EvaluatedProfile Evaluate(Dictionary<string, string> files, string platform, string environment)
    {
        var loaded = new HashSet<string>();
        return ProfileEvaluator.Evaluate(Read(files.First().Value, files.First().Key), path =>
        {
            Assert.True(loaded.Add(path), $"{path} was loaded twice");
            return Read(files[path], path);
        }, platform, environment);
    }

    private static ProfileFile Read(string text, string name) => ProfileReader.Read(Encoding.UTF8.GetBytes(text), name);
}
