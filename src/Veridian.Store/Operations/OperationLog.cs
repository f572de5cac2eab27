using System.Globalization;
using System.Text;
using Veridian.Core.Text;
using Veridian.Posix;
using Veridian.Store.Text;

namespace Veridian.Store.Operations;

/// <summary>The file of all commands that changed something, one line each. Lines are only ever added.</summary>
/// <remarks>Source: <c>store-format/log/README.md</c> LG-1 to LG-4.</remarks>
public static class OperationLog
{
    /// <summary>The file's name in the state folder.</summary>
    public const string FileName = "log";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int LongestCommand = 2000;

    /// <summary>Adds a line. Several processes may do so at once.</summary>
    /// <exception cref="Core.Errors.StorageException">The folder or the file cannot be written.</exception>
    public static void Add(string stateFolder, Operation operation)
    {
        using var folder = DirectoryHandle.Open(stateFolder);
        Durable.Append(folder, FileName, Encoding.UTF8.GetBytes(Line(operation)));
    }

    /// <summary>The lines of a log, oldest first. A line that cannot be read, such as one cut off by a power cut, is left out.</summary>
    public static IReadOnlyList<Operation> Read(string text) => [.. text.Split('\n').Select(Parse).OfType<Operation>()];

    /// <summary>An operation as a line.</summary>
    internal static string Line(Operation operation) => string.Join('\t',
        operation.Time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z",
        operation.ExitCode.ToString(CultureInfo.InvariantCulture),
        operation.Generation.ToString(CultureInfo.InvariantCulture),
        FieldText.Escape(operation.Profile),
        FieldText.Escape(operation.Environment),
        FieldText.Escape(operation.Command.Length > LongestCommand ? operation.Command[..LongestCommand] : operation.Command)) + "\n";

    private static Operation? Parse(string line) =>
        line.Split('\t') is [var time, var exit, var generation, var profile, var environment, var command]
        && DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        && PlainNumber.TryRead(exit, out int exitCode) && PlainNumber.TryRead(generation, out int number)
        && FieldText.Unescape(profile) is { } plainProfile && FieldText.Unescape(environment) is { } plainEnvironment && FieldText.Unescape(command) is { } plainCommand
            ? new Operation(at, exitCode, number, plainProfile, plainEnvironment, plainCommand)
            : null;
}
