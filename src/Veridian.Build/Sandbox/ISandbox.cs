using Veridian.Core.Errors;

namespace Veridian.Build.Sandbox;

/// <summary>Runs commands that see only what they are given, without network.</summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-1.</remarks>
public interface ISandbox
{
    /// <summary>Runs a command to its end. Nothing it started is alive when this returns or throws.</summary>
    /// <exception cref="UnavailableException"><see cref="ErrorCodes.NamespacesForbidden"/> or <see cref="ErrorCodes.NativeLibraryMissing"/>.</exception>
    /// <exception cref="BuildFailedException">The root could not be composed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; everything inside was killed.</exception>
    Task<SandboxResult> RunAsync(SandboxCommand command, CancellationToken cancellationToken);
}
