using System.Net.Sockets;
using Veridian.Engine.Running;
using Veridian.Testing;
using Veridian.Engine.Environments.Planning;
using Veridian.Store;
using Veridian.Store.Files;

namespace Veridian.Integration.Tests.Environments;

public sealed class EnvironmentTests(DebianEnvironment environment) : IClassFixture<DebianEnvironment>
{
    [Fact]
    public void A_command_runs_by_its_name() => Expect((0, "jq-1.6\n"), "bin/jq", "--version");

    [Fact]
    public void Only_commands_of_the_packages_asked_for_have_a_name()
    {
        if (environment.Skipped is null)
        {
            Assert.Equal(["awk", "jq", "mawk", "nawk"], Directory.GetFiles(environment.Generation + "/bin").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void An_alternative_leads_to_its_choice() => Expect((0, "42\n"), "bin/awk", "BEGIN { print 42 }");

    [Fact]
    public void Exit_codes_come_through() => Expect((7, ""), "launch", "--exec", "sh", "-c", "exit 7");

    [Fact]
    public void A_signals_number_comes_through() => Expect((143, ""), "launch", "--exec", "sh", "-c", "kill -TERM $$");

    [Theory]
    [InlineData(127, "VS6301", "nosuch")]
    [InlineData(127, "VS6301", "")]
    [InlineData(127, "VS6301", "/usr/bin/nosuch")]
    [InlineData(127, "VS6301", "/etc/passwd/x")]
    [InlineData(126, "VS6302", "/etc/nsswitch.conf")]
    [InlineData(126, "VS6302", "/usr")]
    public void A_command_that_cannot_be_started_is_named(int exitCode, string id, string command)
    {
        foreach (var generation in environment.Generations)
        {
            var (code, output, error) = DebianEnvironment.Execute(generation + "/launch", "--exec", command);
            Assert.Equal((exitCode, ""), (code, output));
            Assert.StartsWith($"error[{id}]: ", error, StringComparison.Ordinal);
            Assert.Contains($"'{command}'", error, StringComparison.Ordinal);
            Assert.Contains("\n  next: ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_that_no_folder_can_hold_is_no_command() => Expect((127, ""), "launch", "--exec", new string('x', 5000));

    [Fact]
    public void A_script_without_an_interpreter_is_the_shells()
    {
        if (environment.Skipped is null)
        {
            var script = environment.Generation + "/../script";
            File.WriteAllText(script, "echo \"$0 $*\"\n");
            File.SetUnixFileMode(script, (UnixFileMode)0x1ED);
            Expect((0, $"{script} a b\n"), "launch", "--exec", script, "a", "b");
            File.WriteAllText(script, "#!/usr/bin/nosuch\n");
            Expect((126, ""), "launch", "--exec", script);
        }
    }

    [Fact]
    public void The_process_that_was_started_is_the_command()
    {
        if (environment.Skipped is null && environment.EntersItself)
        {
            var (code, output, _) = DebianEnvironment.Execute("/bin/sh", "-c", "echo $$; exec \"$0\" --exec sh -c 'echo $$'", environment.Generation + "/launch");
            var lines = output.Split('\n');
            Assert.Equal((0, lines[0]), (code, lines[1]));
        }
    }

    [Fact]
    public void A_signal_to_the_launcher_reaches_the_command()
    {
        if (environment.Skipped is null && environment.EntersItself)
        {
            var (code, output, _) = DebianEnvironment.Execute("/bin/sh", "-c",
                "mkfifo \"$0.fifo\"; \"$0\" --exec sh -c 'sleep 60 & trap \"kill $!; echo told; exit 9\" TERM; echo > \"$0\"; wait' \"$0.fifo\" & read x < \"$0.fifo\"; kill -TERM $!; wait $!; echo $?",
                environment.Generation + "/launch");
            Assert.Equal((0, "told\n9\n"), (code, output));
        }
    }

    [Fact]
    public void A_signal_to_bubblewrap_reaches_the_command()
    {
        foreach (var generation in environment.Generations.Skip(1).Where(_ => HostGrants.Read().RunsEntryPrograms))
        {
            var (code, output, _) = DebianEnvironment.Execute("/bin/sh", "-c",
                "mkfifo \"$0.started\" \"$0.told\"; \"$0\" --exec sh -c 'sleep 60 & trap \"kill $!; echo told > \\\"$0.told\\\"; exit 9\" TERM; echo > \"$0.started\"; wait' \"$0\" & read x < \"$0.started\"; kill -TERM $!; read x < \"$0.told\"; echo $x",
                generation + "/launch");
            Assert.Equal((0, "told\n"), (code, output));
        }
    }

    [Theory]
    [InlineData("/tmp/.X11-unix", "X7357", "DISPLAY=:7357", "/tmp/.X11-unix/X${DISPLAY#:}")]
    [InlineData("/tmp/veridian-agent", "agent.1", "SSH_AUTH_SOCK=/tmp/veridian-agent/agent.1", "$SSH_AUTH_SOCK")]
    [InlineData("/run/user/veridian-session", "wayland-7", "XDG_RUNTIME_DIR=/run/user/veridian-session WAYLAND_DISPLAY=wayland-7", "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY")]
    [InlineData("/run/user/veridian-session", "bus", "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/veridian-session/bus", "${DBUS_SESSION_BUS_ADDRESS#unix:path=}")]
    public async Task Sockets_of_the_session_are_reached_by_the_callers_variables(string folder, string name, string variables, string path)
    {
        if (environment.Skipped is not null || !MayWrite(Path.GetDirectoryName(folder)!))
        {
            Console.WriteLine($"skipped: {environment.Skipped ?? $"'{Path.GetDirectoryName(folder)}' cannot be written"}");
            return;
        }

        var made = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        var socket = Path.Combine(folder, name);
        File.Delete(socket);
        try
        {
            using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            server.Bind(new UnixDomainSocketEndPoint(socket));
            server.Listen();
            foreach (var generation in environment.Generations)
            {
                var answer = Task.Run(async () =>
                {
                    using var client = await server.AcceptAsync();
                    await client.SendAsync("reached\n"u8.ToArray());
                });
                var (code, output, error) = DebianEnvironment.Execute("/bin/sh", "-c",
                    $"exec env {variables} \"$0\" --exec sh -c 'exec perl -MSocket -e \"socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, pack_sockaddr_un(shift)) or die; print <S>\" \"{path}\"'", generation + "/launch");
                Assert.Equal((0, "reached\n"), (code, output + error));
                await answer;
            }
        }
        finally
        {
            File.Delete(socket);
            if (made)
            {
                Directory.Delete(folder);
            }
        }
    }

    [Fact]
    public void A_working_directory_in_the_store_is_read_only_too()
    {
        foreach (var generation in environment.Generations)
        {
            var (_, output, _) = DebianEnvironment.Execute("/bin/sh", "-c", "cd \"$0\" && exec \"$1\" --exec sh -c 'echo > x || echo refused; pwd'", environment.StorePath, generation + "/launch");
            Assert.Equal($"refused\n{environment.StorePath}\n", output);
        }
    }

    [Fact]
    public void Arguments_come_through_unchanged() => Expect((0, "<a b>\n<$HOME>\n<>\n<'>\n"), "launch", "--exec", "printf", "<%s>\\n", "a b", "$HOME", "", "'");

    [Fact]
    public void A_wrong_call_of_the_launcher_says_how() => Expect((2, ""), "launch", "sh");

    [Fact]
    public void The_environment_cannot_be_written() =>
        Expect((0, "0\n"), "launch", "--exec", "sh", "-c", "for d in /usr /etc /var /opt /srv /usr/bin; do (echo > $d/x) 2>/dev/null && echo $d; done; echo 0");

    [Fact]
    public void The_store_cannot_be_written_through_its_own_path() =>
        Expect((0, "0\n"), "launch", "--exec", "sh", "-c", $"(echo > {environment.StorePath}/x) 2>/dev/null && echo 1; echo 0");

    [Fact]
    public void Neither_the_store_nor_the_environment_can_be_written_through_the_hosts_root() =>
        ExpectBoth((0, "0\n"), "sh", "-c", $"for f in {environment.StorePath} {environment.EnvironmentFolder}/usr/bin; do (echo > /run/host$f/x) 2>/dev/null && echo 1; done; echo 0");

    [Fact]
    public void A_program_cannot_take_its_environment_apart()
    {
        // The host's own tools, through its own loader: the environment has none.
        if (File.Exists("/usr/bin/unshare") && File.Exists("/lib64/ld-linux-x86-64.so.2"))
        {
            // Root may reach what other processes of root see, as root may write to the store itself.
            var through = Environment.IsPrivilegedProcess ? "" : "for p in /proc/[0-9]*; do (echo > $p/root$s/x) 2>/dev/null && echo \"through $p\"; done";
            ExpectBoth((0, "works\nend\n"), "sh", "-c", $$"""
                t='/run/host/lib64/ld-linux-x86-64.so.2 --library-path /run/host/lib/x86_64-linux-gnu:/run/host/usr/lib/x86_64-linux-gnu /run/host/usr/bin'
                s={{environment.StorePath}}
                $t/unshare -Urm true && echo works
                for c in 'umount /usr' 'umount -l /etc' 'mount -o remount,bind,rw /usr' 'mount --bind /tmp /usr' "umount $s" "mount -o remount,bind,rw /run/host$s" 'nsenter -t 1 -m true' "nsenter -t $PPID -m true"; do
                  $t/$c 2>/dev/null && echo "alone: $c"
                  case $c in u*|*remount*) $t/unshare -Urm $t/$c 2>/dev/null && echo "in a namespace: $c" ;; esac
                done
                {{through}}
                echo end
                """);
        }
    }

    [NeedsFact(Needs.Python)]
    public void A_terminal_is_the_commands_own()
    {
        if (environment.Skipped is null)
        {
            var script = Path.Combine(environment.Generation, "../terminal.py");
            File.WriteAllText(script, InteractiveShell);
            foreach (var generation in environment.Generations)
            {
                var (code, output, error) = DebianEnvironment.Execute("env", "--default-signal", "python3", script, generation + "/launch");
                Assert.True((code, output) == (0, "size\nresized\nstopped\ninterrupted\nexit 7\n"), $"{generation}: {code} {output} {error}");
            }
        }
    }

    [NeedsFact(Needs.Bash)]
    public void A_closed_pipe_ends_a_command()
    {
        foreach (var generation in environment.Generations)
        {
            Assert.Equal((0, "y\n141\n"), DebianEnvironment.Execute("env", "--default-signal=PIPE", "bash", "-c", "\"$0\" --exec yes | head -n1; echo ${PIPESTATUS[0]}", generation + "/launch") is var (code, output, _) ? (code, output) : default);
        }
    }

    [Fact]
    public void Logs_and_caches_can_be_written_and_are_fresh() =>
        Expect((0, "log\n"), "launch", "--exec", "sh", "-c", "echo log > /var/log/x && echo > /var/cache/x && echo > /var/tmp/x && cat /var/log/*");

    [Fact]
    public void Names_of_accounts_are_known() => Expect((0, "4242 testers root\n"), "launch", "--exec", "sh", "-c",
        "set -- $(awk -F: '$1==\"tester\" {print $3}' /etc/passwd) $(awk -F: '$3==4242 {print $1}' /etc/group) $(awk -F: '$3==0 {print $1}' /etc/passwd); echo $*");

    [Fact]
    public void A_launcher_inside_its_own_environment_runs_the_command_directly() =>
        Expect((0, "jq-1.6\n"), "launch", "--exec", environment.Generation + "/bin/jq", "--version");

    [Fact]
    public void Variables_say_where_a_command_runs() =>
        Expect((0, "tests C.UTF-8 /usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/usr/games:/run/vpkg/bin\n"), "launch", "--exec", "sh", "-c", "echo $VPKG_ENV $LANG $PATH");

    [Fact]
    public void Commands_run_for_an_ordinary_account_too()
    {
        if (environment.Skipped is null && Environment.UserName == "root" && File.Exists("/usr/sbin/runuser"))
        {
            var result = DebianEnvironment.Execute("/usr/sbin/runuser", "-u", "nobody", "--", environment.Generation + "/launch", "--exec", "sh", "-c", "jq --version; id -u");
            Assert.Equal((0, "jq-1.6\n65534\n", ""), result);
        }
    }

    [Fact]
    public async Task Building_in_another_store_gives_the_same_tree()
    {
        if (environment.Skipped is not null)
        {
            return;
        }

        using var folder = new TemporaryFolder();
        var plan = await environment.BuildAsync(folder.Path + "/store");
        Assert.Equal(environment.Plan!.Digest, plan.Digest);
        Assert.Equal(Tree(environment.StorePath, plan), Tree(folder.Path + "/store", plan));
    }

    [Fact]
    public void Certificates_are_found_by_the_hash_that_openssl_computes()
    {
        if (environment.Skipped is not null || !File.Exists("/usr/bin/openssl"))
        {
            return;
        }

        var folder = environment.EnvironmentFolder + "/etc/ssl/certs";
        var links = Directory.GetFiles(folder).Where(file => file[^2] == '.').ToList();
        Assert.True(links.Count > 100);
        var authorities = Directory.GetFiles(environment.EnvironmentFolder + "/usr/share/ca-certificates", "*.crt", SearchOption.AllDirectories);
        var (_, hashes, _) = DebianEnvironment.Execute("/bin/sh", ["-c", "for c; do openssl x509 -noout -subject_hash -in \"$c\"; done", "sh", .. authorities]);
        Assert.Equal(hashes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(), links.Select(file => Path.GetFileName(file)[..^2]).Order());
    }

    [Fact]
    public void The_loader_finds_libraries_in_the_cache()
    {
        if (environment.Skipped is null)
        {
            Assert.True(new FileInfo(environment.EnvironmentFolder + "/etc/ld.so.cache").Length > 500);
            Expect((0, "libjq.so.1\n"), "launch", "--exec", "sh", "-c", "/sbin/ldconfig -p | awk '$1==\"libjq.so.1\" {print $1}'");
        }
    }

    [Fact]
    public void What_was_not_run_is_recorded()
    {
        if (environment.Skipped is null)
        {
            var record = File.ReadAllText(environment.EnvironmentFolder + "/activation/record");
            Assert.Contains("applied\tmawk\talternatives\n", record, StringComparison.Ordinal);
            Assert.Contains("skipped\tlibc6\tpostinst\t", record, StringComparison.Ordinal);
        }
    }

    /// <summary>Types into an interactive shell of the environment: sizes of the terminal, stopping and resuming a job, interrupting it.</summary>
    private const string InteractiveShell = """
        import fcntl, os, pty, re, select, signal, struct, sys, termios
        launch = sys.argv[1]
        pid, terminal = pty.fork()
        if pid == 0:
            os.environ["PS1"] = "$ "
            os.execv(launch, [launch, "--exec", "bash", "--norc", "--noprofile", "-i"])
        seen = ""
        def until(pattern):
            global seen
            while not (found := re.search(pattern, seen)):
                if not select.select([terminal], [], [], 20)[0]:
                    print("nothing more; so far: " + repr(seen)); sys.exit(1)
                seen += os.read(terminal, 4096).decode()
            before, seen = seen[:found.end()], seen[found.end():]
            return found
        def type(text):
            os.write(terminal, text.encode())
        def size(rows, columns):
            fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        size(40, 123)
        until(r"\$ $")
        type("stty size\n"); until("40 123\r"); until(r"\$ $"); print("size")
        type("trap 'echo win:$(stty size)' WINCH\n"); until(r"\$ $")
        size(50, 99); type("\n"); until("win:50 99\r"); print("resized")
        type("bash -c 'echo up; exec cat'\n"); until(r"[\r\n]up\r"); type("\x1a"); until("Stopped"); until(r"\$ $"); print("stopped")
        type("jobs; fg\n"); until("Stopped"); until("exec cat'\r\n"); until("exec cat'\r\n"); type("echoed\n"); until("echoed\r\nechoed"); type("\x03"); until(r"\$ $"); print("interrupted")
        type("echo code:$?\n"); until("code:130\r"); until(r"\$ $")
        type("tty; exit 7\n"); until("/dev/pts/"); 
        _, status = os.waitpid(pid, 0)
        print("exit", os.waitstatus_to_exitcode(status))
        """;

    private static string Tree(string storePath, EnvironmentPlan plan)
    {
        using var store = StoreFolder.Open(storePath, new PosixStoreFiles(), TimeProvider.System);
        return store.ReadEnvironmentManifest(plan.Digest).Tree.ToString();
    }

    /// <summary>For both kinds of launcher.</summary>
    private void ExpectBoth((int ExitCode, string Output) expected, params string[] command)
    {
        foreach (var generation in environment.Generations)
        {
            var (exitCode, output, error) = DebianEnvironment.Execute($"{generation}/launch", ["--exec", .. command]);
            Assert.True((exitCode, output) == expected, $"{generation}: exit code {exitCode}, output '{output}', error '{error}'");
        }
    }

    private void Expect((int ExitCode, string Output) expected, string program, params string[] arguments)
    {
        if (environment.Skipped is null)
        {
            var (exitCode, output, error) = DebianEnvironment.Execute($"{environment.Generation}/{program}", arguments);
            Assert.True((exitCode, output) == expected, $"exit code {exitCode}, output '{output}', error '{error}'");
        }
    }

    private static bool MayWrite(string folder) => Directory.Exists(folder) && DebianEnvironment.Execute("/usr/bin/test", "-w", folder).ExitCode == 0;
}
