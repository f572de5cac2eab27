using System.Globalization;

namespace Veridian.Build.Sandbox;

/// <summary>What bubblewrap is told: pure text, no look at the host.</summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-2 to B-4.</remarks>
public static class SandboxArguments
{
    // Whoever is root outside is root for these files inside as well, whatever the namespace: without a cover a command could
    // tell the kernel of the host to run a program.
    private static readonly string[] KernelSettings = ["acpi", "fs", "scsi", "sys", "sysrq-trigger"];

    /// <summary>The whole argument list for a command, without the program's own name.</summary>
    public static IReadOnlyList<string> Of(SandboxCommand command)
    {
        List<string> arguments =
        [
            // B-3: every kind of namespace of its own; the network namespace stays empty.
            "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
            // B-8: the command is the first process of its namespace, so that nothing in it can be alive once bubblewrap has seen it end.
            "--as-pid-1", "--die-with-parent", "--new-session",
            "--uid", Number(command.UserId), "--gid", Number(command.GroupId), "--hostname", command.HostName,
        ];
        AddInside(command, arguments);
        return arguments;
    }

    /// <summary>Adds what a command sees and is called with: mounts, variables, working directory, and the command itself.</summary>
    internal static void AddInside(SandboxCommand command, List<string> arguments)
    {
        foreach (var mount in command.Root)
        {
            arguments.AddRange(Of(mount));
        }

        arguments.Add("--clearenv");
        foreach (var (name, value) in command.Variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            arguments.AddRange(["--setenv", name, value]);
        }

        arguments.AddRange(["--chdir", command.WorkingDirectory, "--", .. command.Arguments]);
    }

    /// <summary>The arguments for one step.</summary>
    public static IReadOnlyList<string> Of(SandboxMount mount) => mount switch
    {
        SandboxMount.Bind bind => [BindOption(bind), bind.Source, bind.Target],
        SandboxMount.Tmpfs => ["--tmpfs", mount.Target],
        SandboxMount.Directory => ["--dir", mount.Target],
        SandboxMount.SymbolicLink link => ["--symlink", link.Content, link.Target],
        SandboxMount.Processes => ["--proc", mount.Target, .. KernelSettings.SelectMany(name => (string[])["--ro-bind-try", "/proc/" + name, $"{mount.Target}/{name}"])],
        SandboxMount.Devices => ["--dev", mount.Target],
        _ => throw new ArgumentException($"'{mount}' is no known kind of mount.", nameof(mount)),
    };

    /// <summary>The arguments of <c>prlimit</c> for what is limited; empty when nothing is.</summary>
    public static IReadOnlyList<string> Of(SandboxLimits limits)
    {
        List<string> arguments = [];
        Add("--as", limits.AddressSpace?.Bytes);
        Add("--fsize", limits.FileSize?.Bytes);
        Add("--cpu", limits.ProcessorTime is { } time ? (long)Math.Ceiling(time.TotalSeconds) : null);
        Add("--nproc", limits.Processes);
        Add("--nofile", limits.OpenFiles);
        return arguments;

        void Add(string option, long? value)
        {
            if (value is { } number)
            {
                arguments.Add($"{option}={Number(number)}");
            }
        }
    }

    private static string BindOption(SandboxMount.Bind bind) => (bind.Access, bind.Optional) switch
    {
        (BindAccess.ReadOnly, false) => "--ro-bind",
        (BindAccess.ReadOnly, true) => "--ro-bind-try",
        (BindAccess.ReadWrite, false) => "--bind",
        (BindAccess.ReadWrite, true) => "--bind-try",
        (BindAccess.Devices, false) => "--dev-bind",
        _ => "--dev-bind-try",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
