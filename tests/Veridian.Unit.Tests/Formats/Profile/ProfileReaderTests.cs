using System.Text;
using System.Text.Json;
using Veridian.Core.Errors;
using Veridian.Formats.Profile;
using Veridian.Unit.Tests.Formats.Toml;

namespace Veridian.Unit.Tests.Formats.Profile;

public sealed class ProfileReaderTests
{
    [Fact]
    public void Every_key_of_a_profile_is_read()
    {
        var file = Read("""
            include = ["../base.toml"]
            [profile]
            name = "n"
            description = "d"
            recommends = true
            confirm = true
            scripts = "run"
            requires-vpkg = ">=1.0,<2"
            shell = "zsh"
            inherit = ["HOME"]
            min-age = "2w"
            as-of = "2026-05-01"
            without-scripts = ["libpaper1"]
            [[repository]]
            name = "debian"
            kind = "debian"
            suites = ["bookworm", "stable/updates"]
            components = ["main", "contrib"]
            url = "https://deb.example.org/debian/"
            signed-by = "/k.gpg"
            trust = "unsigned"
            priority = -1
            enabled = false
            architectures = ["amd64"]
            check-valid-until = false
            max-age-days = 30
            min-age = "0d"
            snapshot = "https://snapshot.example.org/{time}/"
            [[repository]]
            name = "b"
            suites = ["s"]
            [packages]
            jq = "*"
            llvm = { version = "16.*", repository = "b", recommends = false, hold = "why", optional = true, features = ["z", "a", "z"] }
            [env]
            A = "b\nc"
            [files]
            priority = { jq = 10 }
            hide = { "usr/bin/x" = "a", "usr/bin/y" = ["a", "b"] }
            rename = { "a:usr/bin/z" = "usr/bin/z-a" }
            [environment.test.packages]
            gdb = "*"
            [target.linux-amd64.env]
            T = "1"
            """);

        Assert.Equal("../base.toml", Assert.Single(file.Includes).Path);
        Assert.Equal(new SourceSpan("p/vpkg.toml", 1, 12), file.Includes[0].Span);
        var settings = file.Settings;
        Assert.Equal(["libpaper1"], settings.WithoutScripts);
        Assert.Equal(("n", "d", true, true, ScriptPolicy.Run, ">=1.0, <2", "zsh"), (settings.Name, settings.Description, settings.Recommends!.Value,
            settings.Confirm!.Value, settings.Scripts!.Value, settings.RequiresVpkg!.Value, settings.Shell!.Value));
        Assert.Equal(["HOME"], settings.Inherit);

        var repository = file.Repositories[0];
        Assert.Equal(["bookworm", "stable/updates"], repository.Suites);
        Assert.Equal(["main", "contrib"], repository.Components);
        Assert.Equal(["amd64"], repository.Architectures);
        Assert.Equal(("debian", "debian", "https://deb.example.org/debian", "/k.gpg", true, -1, false, false, 30),
            (repository.Name, repository.Kind, repository.Url, repository.SignedBy, repository.Unsigned, repository.Priority, repository.Enabled, repository.CheckValidUntil, repository.MaxAgeDays));
        Assert.Equal(("0d", "https://snapshot.example.org/{time}", "2w", "2026-05-01"), (repository.MinAge, repository.Snapshot, settings.MinAge!.Value, settings.AsOf!.Value));
        Assert.Equal((500, true, true, null, false), (file.Repositories[1].Priority, file.Repositories[1].Enabled, file.Repositories[1].CheckValidUntil, file.Repositories[1].Url, file.Repositories[1].Unsigned));

        var llvm = file.Base.Packages[1];
        Assert.Equal(("llvm", "16.*", "b", false, true, "why", true), (llvm.Name, llvm.Constraint, llvm.Repository, llvm.Recommends, llvm.Hold, llvm.HoldReason, llvm.Optional));
        Assert.Equal(["a", "z"], llvm.Features);
        Assert.Equal(new SourceSpan("p/vpkg.toml", 34, 1), llvm.Span);
        Assert.Equal(("A", "b\nc"), (file.Base.Variables[0].Name, file.Base.Variables[0].Template));
        Assert.Equal(["Priority jq   10", "Hide a usr/bin/x  0", "Hide a usr/bin/y  0", "Hide b usr/bin/y  0", "Rename a usr/bin/z usr/bin/z-a 0"],
            file.Base.Files.Select(rule => $"{rule.Kind} {rule.Package} {rule.Path} {rule.NewPath} {rule.Priority}"));
        Assert.Equal("gdb", file.Environments["test"].Packages[0].Name);
        Assert.Equal("T", file.Targets["linux-amd64"].Variables[0].Name);
    }

    [Theory]
    [InlineData("[package]\njq = \"*\"", "VS1002", 1, 2, "packages")]
    [InlineData("[profile]\nrecommend = true", "VS1002", 2, 1, "recommends")]
    [InlineData("[[repository]]\nname = \"d\"\nsuite = [\"x\"]", "VS1002", 3, 1, "suites")]
    [InlineData("[packages]\njq = { versoin = \"1\" }", "VS1002", 2, 8, "version")]
    [InlineData("[packages]\npython3.11 = \"*\"", "VS1002", 2, 9, "\"python3.11\"")]
    [InlineData("[files]\nhid = {}", "VS1002", 2, 1, "hide")]
    [InlineData("[environment.test]\npackage = {}", "VS1002", 2, 1, "packages")]
    [InlineData("[profile]\nrecommends = \"yes\"", "VS1003", 2, 14, "true or false")]
    [InlineData("[profile]\nscripts = \"naitve\"", "VS1003", 2, 11, "native")]
    [InlineData("[packages]\na = { scripts = \"never\" }", "VS1003", 2, 17, "one of")]
    [InlineData("[profile]\nname = \"a\\u001Bb\"", "VS1003", 2, 8, "control")]
    [InlineData("[profile]\ninherit = [\"1A\"]", "VS1003", 2, 11, "digit")]
    [InlineData("[profile]\nwithout-scripts = [\"A b\"]", "VS1003", 2, 19, "vpkg list")]
    [InlineData("include = \"x\"", "VS1003", 1, 11, "list")]
    [InlineData("include = [\"a\", \"\"]", "VS1003", 1, 17, "path")]
    [InlineData("[repository]\nname = \"d\"", "VS1003", 1, 2, "list of tables")]
    [InlineData("[[repository]]\nsuites = [\"x\"]", "VS1003", 1, 3, "name")]
    [InlineData("[[repository]]\nname = \"d\"", "VS1003", 1, 3, "suites")]
    [InlineData("[[repository]]\nname = \"d\"\nsuites = []", "VS1003", 3, 10, "Name at least one")]
    [InlineData("[[repository]]\nname = \"d\"\nsuites = [\"../x\"]", "VS1003", 3, 10, "..")]
    [InlineData("[[repository]]\nname = \"d\"\nsuites = [\"x\"]\ntrust = \"all\"", "VS1003", 4, 9, "key")]
    [InlineData("[[repository]]\nname = \"d\"\nsuites = [\"x\"]\nkind = \"rpm\"", "VS1003", 4, 8, "debian")]
    [InlineData("[[repository]]\nname = \"d\"\nsuites = [\"x\"]\nurl = \"deb.example.org\"", "VS1003", 4, 7, "https")]
    [InlineData("[[repository]]\nname = \"d\"\nsuites = [\"x\"]\npriority = 40000", "VS1003", 4, 12, "32767")]
    [InlineData("[[repository]]\nname = \"d\"\nsuites = [\"x\"]\n[[repository]]\nname = \"d\"\nsuites = [\"x\"]", "VS1003", 5, 1, "vpkg.toml:2:1")]
    [InlineData("[profile]\nmin-age = \"7\"", "VS1003", 2, 11, "7d")]
    [InlineData("[profile]\nmin-age = \"-1d\"", "VS1003", 2, 11, "7d")]
    [InlineData("[profile]\nmin-age = \"10000d\"", "VS1003", 2, 11, "7d")]
    [InlineData("[profile]\nas-of = \"yesterday\"", "VS1003", 2, 9, "2026-05-01")]
    [InlineData("[[repository]]\nname = \"d\"\nsuites = [\"x\"]\nsnapshot = \"https://s.example.org/\"", "VS1003", 4, 12, "{time}")]
    [InlineData("[packages]\njq = 1", "VS1003", 2, 6, "quotes")]
    [InlineData("[packages]\njq = \"\"", "VS1003", 2, 6, "*")]
    [InlineData("[packages]\nJQ = \"*\"", "VS1003", 2, 1, "'jq'")]
    [InlineData("[packages]\n\"libc6:i386\" = \"*\"", "VS1017", 2, 1, "'libc6'")]
    [InlineData("[packages]\njq = \">>>1\"", "VS1007", 2, 0, "")]
    [InlineData("[env]\n\"A-B\" = \"\"", "VS1003", 2, 1, "letters")]
    [InlineData("[env]\nA = \"\\u0000\"", "VS1003", 2, 5, "NUL")]
    [InlineData("[env]\nA = 1", "VS1003", 2, 5, "quotes")]
    [InlineData("[files]\nhide = { \"/usr/x\" = \"a\" }", "VS1003", 2, 10, "usr/bin")]
    [InlineData("[files]\nrename = { \"usr/x\" = \"usr/y\" }", "VS1003", 2, 12, "package:usr/x")]
    [InlineData("[files]\nrename = { \"a:usr/x\" = \"../y\" }", "VS1003", 2, 24, "..")]
    [InlineData("[target.linux-amd46.packages]", "VS1003", 1, 9, "linux-amd64")]
    [InlineData("[environment.default.packages]", "VS1003", 1, 14, "[packages]")]
    [InlineData("[environment.\"A b\".packages]", "VS1003", 1, 14, "lower case")]
    [InlineData("[packages\n", "VS1001", 1, 10, "Close")]
    public void A_mistake_is_named_with_its_place_and_its_cure(string text, string id, int line, int column, string words)
    {
        var error = Assert.Throws<InvalidInputException>(() => Read(text));
        Assert.Equal(id, error.Code.Id);
        Assert.Equal(line, error.Place!.Line);
        Assert.True(column == 0 || column == error.Place.Column, $"{error.Place}: {error.Message}");
        Assert.Contains(words, error.Message + " " + error.Hint, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_of_more_than_one_mebibyte_is_refused() =>
        Assert.Equal(ErrorCodes.ProfileValue, Assert.Throws<InvalidInputException>(() => Read("#" + new string('x', 1 << 20))).Code);

    [Fact]
    public void The_schema_lists_exactly_the_keys_that_are_read()
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Path("spec", "profile.schema.json")));
        var defs = schema.RootElement.GetProperty("$defs");
        Assert.Equal(ProfileKeys.Top.Order(), Keys(schema.RootElement));
        Assert.Equal(ProfileKeys.Section.Order(), Keys(defs.GetProperty("section")));
        Assert.Equal(ProfileKeys.Profile.Order(), Keys(defs.GetProperty("profile")));
        Assert.Equal(ProfileKeys.Repository.Order(), Keys(defs.GetProperty("repository")));
        Assert.Equal(ProfileKeys.Package.Order(), Keys(defs.GetProperty("package")));
        Assert.Equal(ProfileKeys.Files.Order(), Keys(defs.GetProperty("files")));
        Assert.Equal(ProfileKeys.Platforms, Values(schema.RootElement.GetProperty("properties").GetProperty("target").GetProperty("propertyNames")));
        Assert.Equal(ProfileKeys.Scripts, Values(defs.GetProperty("profile").GetProperty("properties").GetProperty("scripts")));
        Assert.Equal(ProfileKeys.RepositoryKinds, Values(defs.GetProperty("repository").GetProperty("properties").GetProperty("kind")));
    }

    private static IEnumerable<string> Keys(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(key => key.Name).Order();

    private static IEnumerable<string> Values(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(value => value.GetString()!);

    private static ProfileFile Read(string text) => ProfileReader.Read(Encoding.UTF8.GetBytes(text), "p/vpkg.toml");
}
