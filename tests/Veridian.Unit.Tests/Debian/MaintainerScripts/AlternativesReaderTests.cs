using System.Text;
using Veridian.Debian.MaintainerScripts;

namespace Veridian.Unit.Tests.Debian.MaintainerScripts;

public sealed class AlternativesReaderTests
{
    private const string Install = "update-alternatives --install /usr/bin/editor editor /usr/bin/vim.basic 30";

    [Fact]
    public void A_literal_command_with_slaves_over_several_lines_is_understood()
    {
        var found = Read("""
            #!/bin/sh
            set -e
            case "$1" in
                configure|reconfigure)
                    update-alternatives --quiet --install /usr/bin/editor editor "/usr/bin/vim.basic" 30 \
                        --slave /usr/share/man/man1/editor.1.gz editor.1.gz '/usr/share/man/man1/vim.1.gz' \
                        --slave /a b /c
                    ;;
                abort-upgrade) ;;
                *)
                    echo "postinst called with unknown argument \`$1'" >&2
                    exit 1
                    ;;
            esac
            exit 0
            """);
        var alternative = Assert.Single(found.Understood);
        Assert.Equal(("/usr/bin/editor", "editor", "/usr/bin/vim.basic", 30), (alternative.Link, alternative.Name, alternative.Path, alternative.Priority));
        Assert.Equal([new("/usr/share/man/man1/editor.1.gz", "editor.1.gz", "/usr/share/man/man1/vim.1.gz"), new("/a", "b", "/c")], alternative.Slaves);
        Assert.Empty(found.NotUnderstood);
    }

    [Theory]
    [InlineData("COMMAND")]
    [InlineData("COMMAND || true")]
    [InlineData("COMMAND >/dev/null 2>&1; true")]
    [InlineData("if [ \"$1\" = configure ]; then\n COMMAND\nfi")]
    [InlineData("if [ \"$1\" = \"configure\" ] || [ \"$1\" = abort-upgrade ] ; then\n\tCOMMAND\nfi")]
    [InlineData("if test ${1} = configure\nthen COMMAND; fi")]
    [InlineData("case $1 in configure) COMMAND;; esac")]
    [InlineData("case \"$1\" in\n (configure)\n COMMAND\n ;;\nesac")]
    [InlineData("{ COMMAND; }")]
    [InlineData("if [ \"$1\" = configure ] && [ -z \"$2\" ]; then COMMAND; fi")]
    [InlineData("if dpkg --compare-versions \"$2\" lt 1.2; then COMMAND; fi")]
    [InlineData("old=\"$2\"\ntest -n \"$old\" || COMMAND")]
    [InlineData("case \"$1\" in abort-*) ;; *) COMMAND;; esac")]
    [InlineData("if [ ! -z \"$2\" ]; then exit 0; fi; COMMAND")]
    [InlineData("( COMMAND )")]
    [InlineData("for i in a b; do echo $i; done\nCOMMAND")]
    [InlineData("f() {\n echo\n}\nCOMMAND")]
    [InlineData("cat <<EOF >/dev/null\nfor if case update-alternatives --install\nEOF\nCOMMAND")]
    [InlineData("echo \"$(for x in `ls`; do echo $x; done)\"\nCOMMAND")]
    [InlineData("# for if (\nCOMMAND # fi")]
    public void A_command_that_surely_runs_is_understood(string script)
    {
        var found = Read("#!/bin/sh -e\n" + script.Replace("COMMAND", Install, StringComparison.Ordinal));
        Assert.Single(found.Understood);
        Assert.Empty(found.NotUnderstood);
    }

    [Theory]
    [InlineData("update-alternatives --install /usr/bin/$i $i /usr/bin/vim 30")]
    [InlineData("update-alternatives --install /usr/bin/x x `which x` 30")]
    [InlineData("update-alternatives --install /usr/bin/x x /usr/bin/y* 30")]
    [InlineData("update-alternatives --install /usr/bin/x x /usr/bin/y $PRIO")]
    [InlineData("update-alternatives --install /usr/bin/x x relative 30")]
    [InlineData("update-alternatives --install /usr/bin/x ../x /usr/bin/y 30")]
    [InlineData("update-alternatives --install /usr/bin/x x /usr/../../y 30")]
    [InlineData("update-alternatives --install /usr/bin/x x /usr/bin/y many")]
    [InlineData("update-alternatives --install /usr/bin/x x /usr/bin/y 30 --slave a")]
    [InlineData("update-alternatives --install /usr/bin/x x /usr/bin/y 30 --unheard-of")]
    [InlineData("update-alternatives --altdir /tmp --install /usr/bin/x x /usr/bin/y 30")]
    [InlineData("update-alternatives $OPTIONS")]
    [InlineData("for i in a b; do COMMAND; done")]
    [InlineData("f() { COMMAND\n}; f")]
    [InlineData("f() { COMMAND\n}; trap 'f x' EXIT")]
    [InlineData("f() { if [ \"$1\" = configure ]; then COMMAND; fi; }; f x")]
    [InlineData("shift; if [ -z \"$2\" ]; then COMMAND; fi")]
    [InlineData(". /etc/x; if [ -z \"$2\" ]; then COMMAND; fi")]
    [InlineData("x=; read x; if [ -z \"$x\" ]; then COMMAND; fi")]
    [InlineData("x=; for i in 1; do x=1; done; if [ -z \"$x\" ]; then COMMAND; fi")]
    [InlineData("if [ -n $2 ]; then COMMAND; fi")]
    [InlineData("while true\ndo\n COMMAND\ndone")]
    [InlineData("if [ -x /usr/bin/x ]; then COMMAND; fi")]
    [InlineData("if [ \"$1\" = configure -a -x /usr/bin/x ]; then COMMAND; fi")]
    [InlineData("[ -x /usr/bin/x ] && COMMAND")]
    [InlineData("test -x /usr/bin/x || COMMAND")]
    [InlineData("[ -x /usr/bin/x ] &&\n COMMAND")]
    [InlineData("! COMMAND")]
    [InlineData("yes | COMMAND")]
    [InlineData("case $ARCH in configure) COMMAND;; esac")]
    [InlineData("fi\nCOMMAND")]
    [InlineData("env X=1 COMMAND")]
    public void Anything_else_is_handed_on_as_text(string script)
    {
        var found = Read("#!/bin/sh\n" + script.Replace("COMMAND", Install, StringComparison.Ordinal));
        Assert.Empty(found.Understood);
        Assert.Contains("update-alternatives", Assert.Single(found.NotUnderstood), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if [ \"$1\" != configure ]; then COMMAND; fi")]
    [InlineData("if [ \"$1\" = abort-remove ]; then COMMAND; fi")]
    [InlineData("if [ \"$1\" = configure ]; then :; else COMMAND; fi")]
    [InlineData("if [ \"$1\" = configure ]; then :; elif [ \"$1\" = configure ]; then COMMAND; fi")]
    [InlineData("case $1 in abort-upgrade) COMMAND;; configure) ;; esac")]
    [InlineData("f() { COMMAND\n}")]
    [InlineData("f () \n{\n COMMAND\n}")]
    [InlineData("if dpkg --compare-versions \"$2\" lt-nl 1.2; then COMMAND; fi")]
    [InlineData("[ -z \"$2\" ] || COMMAND")]
    [InlineData("exit 0\nCOMMAND")]
    [InlineData("if [ -z \"${2:-}\" ]; then exit 0; fi\nCOMMAND")]
    [InlineData("[ -d /run/systemd/system ] && COMMAND")]
    public void A_command_that_does_not_run_at_a_first_installation_is_passed_over(string script)
    {
        var content = Read("#!/bin/sh\n" + script.Replace("COMMAND", Install, StringComparison.Ordinal));
        Assert.Empty(content.Understood);
        Assert.Empty(content.NotUnderstood);
    }

    [Theory]
    [InlineData("#!/bin/sh\nupdate-alternatives --remove editor /usr/bin/vim")]
    [InlineData("#!/bin/sh\nupdate-alternatives --auto editor")]
    [InlineData("#!/bin/sh\n# update-alternatives --install /a b /c 1")]
    [InlineData("#!/bin/sh\necho 'nothing to do with alternatives'")]
    [InlineData("")]
    public void Other_uses_are_left_alone(string script)
    {
        var found = Read(script);
        Assert.Empty(found.Understood);
        Assert.Empty(found.NotUnderstood);
    }

    [Fact]
    public void Scripts_in_other_languages_are_not_understood() =>
        Assert.Single(Read("#!/usr/bin/perl\nsystem('update-alternatives', '--install');").NotUnderstood);

    [Fact]
    public void Text_cut_off_anywhere_is_read_without_failing()
    {
        const string script = "#!/bin/sh\ncase \"$1\" in a|b) x $(y `z` 'q' ${w}) \\\n --v <<-E >\"f\" 2>&1;; esac\nE\nf() { g; }; for i in $(h); do [ \"$i\" ] && j || k; done\nupdate-alternatives\n";
        for (var length = 0; length <= script.Length; length++)
        {
            Read(script[..length] + "\nupdate-alternatives");
            Read("#!/bin/sh\n" + script[length..] + "\nupdate-alternatives");
        }
    }

    private static AlternativesContent Read(string script) => AlternativesReader.Read(Encoding.UTF8.GetBytes(script.Replace("\r", "", StringComparison.Ordinal)));
}
