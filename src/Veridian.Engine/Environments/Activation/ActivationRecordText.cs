using System.Text;
using Veridian.Core.Hashing;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Activation records as they lie in the file <c>activation/record</c> of an environment: one line each.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-15.</remarks>
public static class ActivationRecordText
{
    /// <summary>The file's text.</summary>
    public static string Write(IEnumerable<ActivationRecord> records)
    {
        var text = new StringBuilder();
        foreach (var record in records)
        {
            foreach (var applied in record.Applied)
            {
                text.Append($"applied\t{record.Package}\t{applied}\n");
            }

            foreach (var ran in record.Ran)
            {
                text.Append($"ran\t{record.Package}\t{ran.Name}\t{ran.Digest}\t{ran.Job}\n");
            }

            foreach (var skipped in record.Skipped)
            {
                text.Append($"skipped\t{record.Package}\t{skipped.Name}\t{skipped.Digest}\t{OneLine(skipped.FirstEffect)}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Reads the file's text; lines of another shape are passed over.</summary>
    public static IReadOnlyList<ActivationRecord> Read(string text)
    {
        var packages = new List<string>();
        var (applied, skipped) = (new List<(string Package, string Name)>(), new List<(string Package, SkippedScript Script)>());
        var ran = new List<RanScript>();
        foreach (var fields in text.Split('\n').Select(line => line.Split('\t')))
        {
            if (fields is ["applied", var package, var name])
            {
                applied.Add((package, name));
                packages.Add(package);
            }
            else if (fields is ["ran", var runner, var ranName, var ranHex, var job] && Blake3Digest.TryParse(ranHex, out var ranDigest) && Blake3Digest.TryParse(job, out var key))
            {
                ran.Add(new RanScript(runner, ranName, ranDigest, key, ""));
                packages.Add(runner);
            }
            else if (fields is ["skipped", var owner, var script, var hex, var effect] && Blake3Digest.TryParse(hex, out var digest))
            {
                skipped.Add((owner, new SkippedScript(script, digest, effect)));
                packages.Add(owner);
            }
        }

        var (byName, byScript) = (applied.ToLookup(a => a.Package, a => a.Name), skipped.ToLookup(s => s.Package, s => s.Script));
        return [.. packages.Distinct().Select(package => new ActivationRecord(package, [.. byName[package]], [.. byScript[package]])
        {
            Ran = [.. ran.Where(script => script.Package == package)],
        })];
    }

    private static string OneLine(string text) =>
        new(text.Select(c => char.IsControl(c) ? ' ' : c).Take(200).ToArray());
}
