using Veridian.Core.Errors;
using Veridian.Trust.OpenPgp;

namespace Veridian.Engine.Adapters;

/// <summary>Checks OpenPGP signatures by running <c>gpgv</c> in a private folder that is removed afterwards.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-4.</remarks>
public sealed class GpgvVerifier : IOpenPgpVerifier
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string? _searchPath;
    private readonly string? _nativeFolder;
    private readonly string? _libraryPath;
    private readonly TimeProvider _time;

    /// <summary>Makes a verifier; <c>gpgv</c> is looked for at the first use.</summary>
    /// <param name="searchPath">The value of <c>PATH</c>.</param>
    /// <param name="nativeFolder">The value of <c>VPKG_NATIVE</c>: a folder with <c>bin/</c>; null if there is none.</param>
    /// <param name="libraryPath">The value of <c>LD_LIBRARY_PATH</c>, handed on to the child; null if there is none.</param>
    /// <param name="time">Bounds the child's run to 60 seconds.</param>
    public GpgvVerifier(string? searchPath, string? nativeFolder, string? libraryPath, TimeProvider time) =>
        (_searchPath, _nativeFolder, _libraryPath, _time) = (searchPath, nativeFolder, libraryPath, time);

    /// <summary>Makes a verifier from the environment of this process.</summary>
    public static GpgvVerifier FromEnvironment(TimeProvider time) => new(
        Environment.GetEnvironmentVariable("PATH"),
        Environment.GetEnvironmentVariable("VPKG_NATIVE"),
        Environment.GetEnvironmentVariable("LD_LIBRARY_PATH"),
        time);

    /// <inheritdoc/>
    /// <exception cref="UnavailableException">There is no <c>gpgv</c>, or it does not end.</exception>
    /// <exception cref="StorageException">The private folder cannot be written.</exception>
    public async ValueTask<OpenPgpVerdict> VerifyAsync(
        ClearSignedMessage message, IReadOnlyList<Keyring> keyrings, CancellationToken cancellationToken)
    {
        var program = NativeTool.Find("gpgv", "gpgv", _searchPath, _nativeFolder);
        var folder = MakeFolder();
        try
        {
            var arguments = Prepare(folder, message, keyrings);
            var outcome = await RunAsync(program, arguments, folder, cancellationToken);
            var status = GpgvStatus.Read(outcome.Output);
            return new OpenPgpVerdict(status.Good, Payload(folder, status), Problems(status, outcome), status.UnknownKeyOnly);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, cause);
        }
        finally
        {
            Remove(folder);
        }
    }

    // CreateTempSubdirectory makes a random name with mode 0700, so that nobody else can put a keyring there.
    private static string MakeFolder()
    {
        try
        {
            return Directory.CreateTempSubdirectory("vpkg-gpgv-").FullName;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(Path.GetTempPath(), cause);
        }
    }

    private static List<string> Prepare(string folder, ClearSignedMessage message, IReadOnlyList<Keyring> keyrings)
    {
        List<string> arguments = ["--homedir", folder, "--status-fd", "1"];
        for (var i = 0; i < keyrings.Count; i++)
        {
            var path = Path.Combine(folder, $"keyring-{i}.gpg");
            Write(path, keyrings[i].Packets.Span);
            arguments.AddRange(["--keyring", path]);
        }

        var input = Path.Combine(folder, "message");
        Write(input, message.Content.Span);
        return [.. arguments, "--output", Path.Combine(folder, "payload"), "--", input];
    }

    private async ValueTask<ChildProcess.Outcome> RunAsync(string program, List<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string> { ["LC_ALL"] = "C", ["HOME"] = folder, ["GNUPGHOME"] = folder, ["PATH"] = "/usr/bin:/bin" };
        if (!string.IsNullOrEmpty(_libraryPath))
        {
            environment["LD_LIBRARY_PATH"] = _libraryPath;
        }

        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ChildProcess.RunAsync(program, arguments, environment, either.Token);
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException(
                ErrorCodes.NativeLibraryMissing, $"'{program}' did not end within {Limit.TotalSeconds:0} s.", "Install the package 'gpgv' again.", cause);
        }
    }

    // Only what gpgv wrote is used: it knows exactly which bytes were signed.
    private static ReadOnlyMemory<byte> Payload(string folder, GpgvStatus status)
    {
        var path = Path.Combine(folder, "payload");
        if (status.Good.Count == 0 || !File.Exists(path))
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        using var file = new FileStream(path, FileMode.Open);
        var payload = new byte[Math.Min(file.Length, ClearSignedMessage.MaxBytes)];
        file.ReadExactly(payload);
        return payload;
    }

    private static IReadOnlyList<string> Problems(GpgvStatus status, ChildProcess.Outcome outcome) =>
        status.Good.Count > 0 || status.Problems.Count > 0
            ? status.Problems
            : [$"gpgv ended with {outcome.ExitCode} and found no signature."];

    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, FileMode.CreateNew);
        file.Write(content);
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception harmless) when (harmless is IOException or UnauthorizedAccessException)
        {
            // It holds public keys and a public text; the system clears its temporary folder.
        }
    }

    private static StorageException Unwritable(string folder, Exception cause) => new(
        cause is UnauthorizedAccessException ? ErrorCodes.ReadOnly : ErrorCodes.InputOutput,
        $"The temporary folder '{folder}' cannot be used: {cause.Message}",
        "Free some space there, or set TMPDIR to another folder.",
        cause);
}
