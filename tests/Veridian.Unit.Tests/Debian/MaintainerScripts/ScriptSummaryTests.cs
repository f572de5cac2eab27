using System.Text;
using Veridian.Debian.MaintainerScripts;

namespace Veridian.Unit.Tests.Debian.MaintainerScripts;

public sealed class ScriptSummaryTests
{
    [Fact]
    public void Generated_snippets_alternatives_and_ldconfig_are_plain()
    {
        var summary = Of("""
            #!/bin/sh
            set -e
            prio=50
            if [ "$1" = configure ]; then
                ldconfig
                update-alternatives --install /a a /b $prio
            fi
            # Automatically added by dh_installsystemd/13.11.4
            if [ "$1" = "configure" ]; then
                deb-systemd-helper enable x.service >/dev/null || true
            fi
            # End automatically added section
            # Automatically added by dh_python3
            py3compile -p x
            # End automatically added section
            echo "unknown argument \`$1'" >&2
            exit 0
            """);
        Assert.True(summary.IsPlain, string.Join('|', summary.OwnCommands));
        Assert.Equal(["dh_installsystemd", "dh_python3"], summary.GeneratedBy);
    }

    [Fact]
    public void Accounts_that_a_file_declares_need_no_script()
    {
        Assert.True(Of("""
            #!/bin/sh
            set -e
            # Automatically added by dh_installsysusers/13.24
            if [ "$1" = "configure" ]; then
               systemd-sysusers ${DPKG_ROOT:+--root="$DPKG_ROOT"} demo.conf
            fi
            # End automatically added section
            """).NeedsNoRun);
    }

    [Theory]
    [InlineData("adduser --system demo", "adduser --system demo")]
    [InlineData("case $1 in\n configure|x)\n mkdir demo \\\n  /var/x;; esac", "mkdir demo /var/x")]
    [InlineData("echo /bin/x >> /etc/shells", "echo /bin/x")]
    [InlineData("X=$(mktemp)", "X=$(mktemp)")]
    [InlineData("echo `reboot`", "echo `reboot`")]
    [InlineData("$CMD", "$CMD")]
    [InlineData("if [ -e /x ]; then exit 7; fi", "exit 7")]
    [InlineData(": ${X:=`reboot`}", ": ${X:=`reboot`}")]
    [InlineData(". /usr/share/x/confmodule", ". /usr/share/x/confmodule")]
    public void A_command_of_its_own_is_listed(string script, string command)
    {
        var summary = Of("#!/bin/bash\n" + script + "\nexit 0\n");
        Assert.Equal([command], summary.OwnCommands);
        Assert.False(summary.IsPlain);
    }

    [Theory]
    [InlineData("if [ -n \"$2\" ]; then rm -rf /srv/x; fi")]
    [InlineData("case \"$1\" in configure) if dpkg --compare-versions \"$2\" lt-nl 2; then mv /a /b; fi;; abort-*) mkdir /x;; esac")]
    [InlineData("undo() {\n rm -f /x\n}\nif [ \"$1\" = remove ]; then undo; fi")]
    [InlineData(". /usr/share/debconf/confmodule\ndb_stop\nchown demo /srv")]
    [InlineData("dpkg-maintscript-helper rm_conffile /etc/x 1.2~ -- \"$@\"")]
    public void What_happens_at_upgrades_only_does_not_count(string script)
    {
        var summary = Of("#!/bin/sh\nset -e\n" + script + "\n");
        Assert.True(summary.NeedsNoRun, string.Join('|', summary.OwnCommands));
    }

    [Theory]
    [InlineData("[ -n \"$2\" ] && dpkg-divert --list /x | grep -q y && rm -f /x")]
    [InlineData("if [ configure = \"$1\" -a \"x$2\" != x ]; then cp /a /b; fi")]
    [InlineData("if ! grep -qs x /etc/y; then setcap -r /bin/ip || chmod u+s /bin/ip; fi")]
    [InlineData("dpkg-trigger --no-await update-initramfs")]
    [InlineData("if [ -h /etc/alternatives/f77 ]; then rm -f /etc/alternatives/f77; fi")]
    [InlineData("cat <<-EOF\n\ttext\nEOF")]
    [InlineData("# Automatically added by dh_installmenu/1\nif [ -x \"`which update-menus`\" ]; then update-menus; fi\n# End automatically added section")]
    public void What_leaves_nothing_in_a_tree_does_not_count(string script)
    {
        var summary = Of("#!/bin/sh\nset -e\n" + script + "\n");
        Assert.True(summary.NeedsNoRun, string.Join('|', summary.OwnCommands));
    }

    [Theory]
    [InlineData("[ -n \"$1\" ] && ls /x | xargs rm", "xargs rm")]
    [InlineData("grep x /etc/y > /etc/z", "grep x /etc/y")]
    [InlineData("chmod 755 /srv/x", "chmod 755 /srv/x")]
    [InlineData("dpkg-trigger update-initramfs other", "dpkg-trigger update-initramfs other")]
    [InlineData("rm -f /etc/alternatives/a /etc/b", "rm -f /etc/alternatives/a /etc/b")]
    [InlineData("[ \"x$3\" = x ] && rmdir /x", "rmdir /x")]
    public void What_may_leave_something_counts(string script, string command) => Assert.Equal([command], Of("#!/bin/sh\n" + script + "\n").OwnCommands);

    [Theory]
    [InlineData("")]
    [InlineData("#!/usr/bin/perl\nprint 1;\n")]
    [InlineData("#!/usr/bin/env python3\n")]
    [InlineData("\u007fELF")]
    public void What_is_no_shell_script_is_not_plain(string script) => Assert.False(Of(script).IsPlain);

    [Fact]
    public void Shells_are_known_by_several_spellings()
    {
        Assert.True(Of("#! /bin/sh -e\n").IsShell);
        Assert.True(Of("#!/usr/bin/env bash\n").IsShell);
        Assert.True(Of("#!/bin/dash").IsShell);
    }

    private static ScriptSummary Of(string script) => ScriptSummary.Of(Encoding.UTF8.GetBytes(script), ScriptCall.Configure);
}
