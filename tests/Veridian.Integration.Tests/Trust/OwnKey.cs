using System.Diagnostics;

namespace Veridian.Integration.Tests.Trust;

/// <summary>A key pair of our own in a temporary home, made with gpg; null where there is no gpg.</summary>
internal sealed class OwnKey : IDisposable
{
    private readonly string _home;

    private OwnKey(string home) => _home = home;

    /// <summary>Makes a key that never expires; with options, one that lives one day.</summary>
    public static OwnKey? TryMake(params string[] options)
    {
        if (!File.Exists("/usr/bin/gpg") || !File.Exists("/usr/bin/gpgv"))
        {
            Console.WriteLine("skipped: there is no gpg or gpgv");
            return null;
        }

        var key = new OwnKey(Directory.CreateTempSubdirectory("vk").FullName);
        key.Gpg([], [.. options, "--passphrase", "", "--quick-gen-key", "test@example.org", "rsa2048", "sign", options.Length > 0 ? "1d" : "never"]);
        return key;
    }

    public byte[] Export() => Gpg([], "--export");

    public byte[] ExportArmored() => Gpg([], "--armor", "--export");

    public byte[] ClearSign(byte[] text, params string[] options) => Gpg(text, [.. options, "--clear-sign"]);

    public void Dispose()
    {
        Run("/usr/bin/gpgconf", [], ["--homedir", _home, "--kill", "all"]);
        Directory.Delete(_home, recursive: true);
    }

    private byte[] Gpg(byte[] input, params string[] arguments) =>
        Run("/usr/bin/gpg", input, ["--homedir", _home, "--batch", "--quiet", "--pinentry-mode", "loopback", .. arguments]);

    private static byte[] Run(string program, byte[] input, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return output.ToArray();
    }
}
