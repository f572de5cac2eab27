using Veridian.Cli.Commands;

namespace Veridian.Unit.Tests.Cli;

/// <summary>What is said of a command line that cannot be read (CL-9).</summary>
public sealed class UsageRefusalTests
{
    [Theory]
    [InlineData("", "A verb is missing.")]
    [InlineData("lst", "There is no verb 'lst'. Did you mean 'vpkg list'?")]
    [InlineData("frob --help", "There is no verb 'frob'. Run 'vpkg --help'.")]
    [InlineData("apply --frozn", "'vpkg apply' has no option '--frozn'. Did you mean '--frozen'?")]
    [InlineData("verify --everything", "'vpkg verify' has no option '--everything'. Run 'vpkg verify --help'.")]
    [InlineData("apply --jobs x", "'--jobs' takes a whole number, not 'x'.")]
    [InlineData("apply --jobs", "'--jobs' takes a value: N.")]
    [InlineData("gc --keep -1", "'--keep' takes a number from 0 on, not '-1'.")]
    [InlineData("apply --solver apt", "'--solver' takes auto or z3, not 'apt'.")]
    [InlineData("completion tcsh", "'vpkg completion' has no verb 'tcsh', but bash, fish, zsh or names. Run 'vpkg completion --help'.")]
    [InlineData("completion names all", "'KIND' is available, requested or selected, not 'all'.")]
    [InlineData("store frob", "'vpkg store' has no verb 'frob', but du, add,")]
    [InlineData("generations delet 1", "'vpkg generations' has no verb 'delet'. Did you mean 'vpkg generations delete'?")]
    [InlineData("generations switch x", "'N' is a whole number, not 'x'. Run 'vpkg generations switch --help'.")]
    [InlineData("store", "'vpkg store' needs a verb of its own: du, add,")]
    [InlineData("list jq", "'vpkg list' has no use for 'jq'.")]
    [InlineData("install", "'vpkg install' needs SPEC: jq, 'ripgrep>=13',")]
    [InlineData("run --frob -- jq", "'vpkg run' has no option '--frob'.")]
    public void A_wrong_command_line_is_told_in_the_words_of_its_verb(string line, string said)
    {
        var args = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var wrong = UsageRefusal.Of(CommandLine.Build().Parse(args), args)!;
        Assert.StartsWith(said, $"{wrong.Message} {wrong.Hint}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search -- -x")]
    [InlineData("host ls -l")]
    [InlineData("-e test run ls -l")]
    [InlineData("apply --solve-timeout 0")]
    [InlineData("tree --depth 1 jq")]
    public void A_right_one_passes(string line) => Assert.Null(UsageRefusal.Of(CommandLine.Build().Parse(line.Split(' ')), line.Split(' ')));
}
