using System.Text;
using Veridian.Core.Paths;
using Veridian.Core.Trees;

namespace Veridian.Unit.Tests.Debian.Archive;

/// <summary>Writes down every call, one line each.</summary>
internal sealed class RecordingSink : ITreeSink
{
    internal List<string> Calls { get; } = [];

    public void Directory(RelativePath path) => Calls.Add($"dir {path}");

    public void File(RelativePath path, bool executable, long length, Stream content)
    {
        var bytes = new byte[length];
        content.ReadExactly(bytes);
        Calls.Add($"{(executable ? "exe" : "file")} {path} {Encoding.UTF8.GetString(bytes)}".TrimEnd());
    }

    public void SymbolicLink(RelativePath path, string target) => Calls.Add($"link {path} -> {target}");

    public void HardLink(RelativePath path, RelativePath target) => Calls.Add($"hard {path} = {target}");
}
