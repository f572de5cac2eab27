using System.Diagnostics;
using System.Globalization;
using Veridian.Core.Errors;
using Veridian.Posix;

namespace Veridian.Build.Sandbox;

/// <summary>A sandbox made by the program bubblewrap.</summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-6 to B-8, B-13.</remarks>
public sealed class BubblewrapSandbox : ISandbox
{
    private readonly string _bubblewrap;
    private readonly string? _prlimit;
    private readonly string? _mount;
    private readonly Version _kernel;

    /// <summary>Takes the program's absolute path.</summary>
    /// <param name="bubblewrap">As <see cref="SandboxPrograms.FindBubblewrap"/> found it.</param>
    /// <param name="prlimit">Absolute path of <c>prlimit</c>; null where the host lacks it, then <see cref="SandboxLimits"/> keeps time and output only.</param>
    /// <param name="mount">Absolute path of <c>mount</c>; null where the host lacks it, then no command may ask for an overlay.</param>
    /// <param name="kernel">The kernel's release, which says what limits it knows; null for this machine's.</param>
    public BubblewrapSandbox(string bubblewrap, string? prlimit, string? mount = null, Version? kernel = null) =>
        (_bubblewrap, _prlimit, _mount, _kernel) = (bubblewrap, prlimit, mount, kernel ?? Environment.OSVersion.Version);

    /// <summary>Finds the programs that it takes.</summary>
    /// <param name="searchPath">The caller's PATH.</param>
    /// <param name="nativeFolder">As for <see cref="SandboxPrograms.Find"/>.</param>
    /// <exception cref="UnavailableException"><see cref="ErrorCodes.NativeLibraryMissing"/>: there is no bubblewrap.</exception>
    public static BubblewrapSandbox Find(string searchPath, string? nativeFolder) => new(
        SandboxPrograms.FindBubblewrap(searchPath, nativeFolder),
        SandboxPrograms.Find("prlimit", searchPath, nativeFolder),
        SandboxPrograms.Find("mount", searchPath + ":/usr/bin:/bin", nativeFolder));

    /// <inheritdoc/>
    public async Task<SandboxResult> RunAsync(SandboxCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The kernel's die-with-parent means the thread that started the child, so that one thread stays until the child is gone.
        var result = await Task.Factory.StartNew(
            () => Run(command, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfNotComposed(command, result);
        return result;
    }

    private SandboxResult Run(SandboxCommand command, CancellationToken cancellationToken)
    {
        if (command.Overlay is not null)
        {
            OverlayFolder.Prepare(command.Overlay);
        }

        using var process = new Process { StartInfo = StartInfo(command) };
        process.Start();
        process.StandardInput.Close();
        var output = new BoundedReader(process.StandardOutput.BaseStream, command.Limits.Output);
        var error = new BoundedReader(process.StandardError.BaseStream, command.Limits.Output);
        var watch = new SandboxWatch(command.Limits, command.Overlay?.Upper, error);
        bool timedOut;
        string? exceeded;
        using (cancellationToken.Register(() => Kill(process)))
        {
            (timedOut, exceeded) = Wait(process, watch, command.Limits.Timeout);
            if (timedOut || exceeded is not null)
            {
                Kill(process);
            }

            process.WaitForExit();
        }

        if (command.Overlay is not null)
        {
            OverlayFolder.Tidy(command.Overlay);
        }

        var (said, complained) = (output.Finish(), error.Finish());
        return new SandboxResult(process.ExitCode, said, complained, timedOut) { Exceeded = exceeded ?? watch.Listen() };
    }

    private static (bool TimedOut, string? Exceeded) Wait(Process process, SandboxWatch watch, TimeSpan timeout)
    {
        if (!watch.IsNeeded)
        {
            return (!process.WaitForExit(timeout), null);
        }

        // A look takes its time where the command has all cores busy.
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < timeout;)
        {
            if (process.WaitForExit(SandboxWatch.Interval))
            {
                return (false, null);
            }

            if (watch.Look(process.Id) is { } exceeded)
            {
                return (false, exceeded);
            }
        }

        return (true, null);
    }

    private ProcessStartInfo StartInfo(SandboxCommand command)
    {
        var limits = _prlimit is null ? [] : SandboxArguments.Of(command.Limits.Within(ResourceLimits.Hard));
        var start = new ProcessStartInfo(limits.Count == 0 ? _bubblewrap : _prlimit!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in limits.Count == 0 ? [] : limits.Append("--").Append(_bubblewrap))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var argument in Arguments(command))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        return start;
    }

    private IReadOnlyList<string> Arguments(SandboxCommand command) => command.Overlay is { } overlay
        ? OverlayArguments.Of(command, overlay, _bubblewrap, _mount ?? throw new UnavailableException(
            ErrorCodes.NativeLibraryMissing, "The program 'mount' is not installed.", "Install the package 'mount' with the system's package tool."), ProcessGuard.Lines(command.Limits, _kernel))
        : SandboxArguments.Of(command);

    /// <summary>
    /// Kills the command, which is the first process of its namespace: bubblewrap's wait for it then returns only after the kernel
    /// has killed and reaped all others in it. Bubblewrap itself is killed only where it has no child yet.
    /// </summary>
    private static void Kill(Process process)
    {
        try
        {
            using var first = FirstChild(process);
            (first ?? process).Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }

    private static Process? FirstChild(Process process)
    {
        try
        {
            var children = File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children");
            var first = children.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return first is null ? null : Process.GetProcessById(int.Parse(first, CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            // The kernel does not list children, or the child is gone: bubblewrap takes its child with it when it dies.
            return null;
        }
    }

    private static void ThrowIfNotComposed(SandboxCommand command, SandboxResult result)
    {
        if (result.TimedOut || result.ExitCode != 1 || !result.Error.Text.StartsWith("bwrap: ", StringComparison.Ordinal))
        {
            return;
        }

        var reason = result.Error.Text["bwrap: ".Length..].Trim();
        if (NamespaceRefusal.Is(reason))
        {
            throw NamespaceRefusal.Error(reason);
        }

        if (reason.StartsWith(OverlayArguments.MountRefused, StringComparison.Ordinal))
        {
            throw new BuildFailedException(
                ErrorCodes.OverlayForbidden,
                $"This machine does not let ordinary users mount an overlay: {reason[OverlayArguments.MountRefused.Length..]}.",
                "Use a kernel of 5.11 or newer and a store on a local disk, or set 'scripts = \"native\"' in the profile.");
        }

        throw new BuildFailedException(
            ErrorCodes.ActivationFailed,
            $"The sandbox for '{command.Arguments[0]}' could not be set up: {reason}.",
            "Check that the paths named above exist and can be read.");
    }
}
