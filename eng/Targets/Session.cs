using System.Diagnostics;
using System.Text;
using Veridian.Testing;

namespace Veridian.Targets;

/// <summary>Records the terminal session of the README: what a newcomer sees, with the packages of this machine's mirror.</summary>
internal static class Session
{
    private static readonly string[] Commands =
    [
        "vpkg init",
        "vpkg install jq",
        "vpkg run -- jq --version",
        "vpkg install 'ripgrep>=13'",
        "vpkg run -- rg --version | head -n 1",
        "vpkg generations",
        "vpkg rollback",
        "vpkg run -- rg --version",
        "vpkg explain VS6301",
    ];

    /// <summary>Runs the commands, writes <c>docs/session.txt</c> and draws it as <c>docs/session.svg</c>.</summary>
    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("vpkg-session-").FullName;
        try
        {
            var project = Path.Combine(folder, "demo");
            Directory.CreateDirectory(project);
            var text = new StringBuilder();
            foreach (var command in Commands)
            {
                text.Append("$ ").Append(command).Append('\n').Append(Output(command, project, folder));
            }

            var session = string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd())).Replace(folder, "/home/you", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(Tool.Root, "docs", "session.txt"), session);
            File.WriteAllText(Path.Combine(Tool.Root, "docs", "session.svg"), TerminalImage.Draw(session));
            Console.WriteLine("docs/session.svg is drawn: look at it.");
            return 0;
        }
        finally
        {
            // The store's folders are read-only, as they should be.
            Tool.Run("chmod", "-R", "u+w", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    // Both outputs in the order in which a terminal would show them.
    private static string Output(string command, string project, string folder)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"vpkg() {{ '{Tool.Root}/vpkg' \"$@\"; }}; {{ {command}; }} 2>&1"])
        {
            WorkingDirectory = project,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["VPKG_ROOT"] = folder;
        start.Environment["VPKG_YES"] = "1";
        start.Environment["CLICOLOR_FORCE"] = "1";
        start.Environment["TZ"] = "UTC";
        start.Environment.Remove("NO_COLOR");
        using var child = Process.Start(start)!;
        child.StandardInput.Close();
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return output;
    }
}
