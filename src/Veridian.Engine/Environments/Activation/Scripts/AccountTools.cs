namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>
/// Programs that make accounts, for scripts whose package does not say that it needs them: every installation of Debian has them,
/// although no essential package brings them. They stand in a view that lacks the real ones, never in the environment.
/// </summary>
/// <remarks>Source: <c>spec/activation.md</c> A-28. Numbers do not count, but no two groups may share one.</remarks>
internal static class AccountTools
{
    /// <summary>Each program's path and its text.</summary>
    public static IReadOnlyList<(string Path, string Text)> All { get; } =
    [
        ("usr/sbin/groupadd", """
            #!/bin/sh
            for name; do :; done
            grep -q "^$name:" /etc/group || echo "$name:x:$((900 + $(wc -l < /etc/group))):" >> /etc/group

            """),
        ("usr/sbin/useradd", """
            #!/bin/sh
            g= d=/nonexistent s=/usr/sbin/nologin c=
            while [ $# -gt 1 ]; do
              case $1 in
              -g|--gid) g=$2; shift ;;
              -d|--home-dir) d=$2; shift ;;
              -s|--shell) s=$2; shift ;;
              -c|--comment) c=$2; shift ;;
              -u|--uid|-G|--groups|-k|--skel|-b|--base-dir|-K|--key) shift ;;
              esac
              shift
            done
            [ -n "$g" ] || { g=$1; groupadd "$1"; }
            n=$(sed -n "s/^$g:[^:]*:\([0-9]*\):.*/\1/p" /etc/group)
            grep -q "^$1:" /etc/passwd || echo "$1:x:$((900 + $(wc -l < /etc/passwd))):${n:-65534}:$c:$d:$s" >> /etc/passwd

            """),
        ("usr/sbin/usermod", """
            #!/bin/sh
            g=
            while [ $# -gt 1 ]; do
              case $1 in -aG|-G|--groups) g=$2; shift ;; esac
              shift
            done
            [ -z "$g" ] || sed -i -e "/^$g:.*:\$/{s/\$/$1/;b;}" -e "/^$g:/s/\$/,$1/" /etc/group

            """),
    ];
}
