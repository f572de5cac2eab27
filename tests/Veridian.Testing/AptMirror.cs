using System.Net.Sockets;

namespace Veridian.Testing;

/// <summary>The first Debian source among the host's own apt sources, and whether it answers.</summary>
public static class AptMirror
{
    private static readonly Lazy<string?> Reason = new(Look);

    /// <summary>Why no mirror can be used; null where one answers. Asked once per process.</summary>
    public static string? MissingReason => Reason.Value;

    /// <summary>Every <c>http</c>, <c>https</c> or <c>file</c> address of the host's apt sources, in the order of their files.</summary>
    public static IReadOnlyList<Uri> Addresses() =>
        [.. SourceFiles()
            .SelectMany(File.ReadLines)
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("deb ", StringComparison.Ordinal) || line.StartsWith("URIs:", StringComparison.Ordinal))
            .SelectMany(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Contains(":/", StringComparison.Ordinal))
            .Select(word => Uri.TryCreate(word, UriKind.Absolute, out var address) ? address : null)
            .OfType<Uri>()
            .Where(address => address.Scheme is "http" or "https" or "file")];

    private static IEnumerable<string> SourceFiles()
    {
        if (File.Exists("/etc/apt/sources.list"))
        {
            yield return "/etc/apt/sources.list";
        }

        if (Directory.Exists("/etc/apt/sources.list.d"))
        {
            foreach (var file in Directory.EnumerateFiles("/etc/apt/sources.list.d").Order(StringComparer.Ordinal))
            {
                if (file.EndsWith(".list", StringComparison.Ordinal) || file.EndsWith(".sources", StringComparison.Ordinal))
                {
                    yield return file;
                }
            }
        }
    }

    private static string? Look()
    {
        if (Environment.GetEnvironmentVariable("VPKG_TEST_OFFLINE") == "1")
        {
            return "VPKG_TEST_OFFLINE=1 forbids the mirror";
        }

        var debian = Addresses().Where(address => address.AbsolutePath.Contains("debian", StringComparison.OrdinalIgnoreCase)).ToList();
        return debian.Count == 0 ? "the host's apt has no Debian source"
            : debian.Any(Answers) ? null
            : "no Debian source of the host's apt answers";
    }

    private static bool Answers(Uri address)
    {
        if (address.IsFile)
        {
            return Directory.Exists(address.LocalPath);
        }

        try
        {
            using var socket = new TcpClient();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            socket.ConnectAsync(address.Host, address.Port, patience.Token).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (Exception unreachable) when (unreachable is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
