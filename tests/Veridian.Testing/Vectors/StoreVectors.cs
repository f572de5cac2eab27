using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Store.Generations;
using Veridian.Store.Manifests;
using Veridian.Store.Trees;

namespace Veridian.Testing.Vectors;

/// <summary>Makes the vectors of store paths, trees, manifests and generations. The same bytes every time.</summary>
public static class StoreVectors
{
    /// <summary>Paths below the repository's root, and what stands there.</summary>
    public static IEnumerable<(string Path, byte[] Bytes)> Make()
    {
        yield return ("store-format/tree/vectors/trees.json", Trees());
        yield return ("store-format/store-path/vectors/identities.json", Identities());
        yield return ("store-format/manifest/vectors/ok/object.manifest", SampleObject().Write());
        yield return ("store-format/manifest/vectors/ok/object-without-entries.manifest", Describe([], "empty", "0").Write());
        yield return ("store-format/manifest/vectors/ok/environment.manifest", SampleEnvironment().Write());
        yield return ("store-format/manifest/vectors/ok/two-members.control", SampleControl().Write());
        yield return ("store-format/manifest/vectors/ok/no-members.control", ControlData.Empty.Write());
        foreach (var (name, bytes) in BadManifests())
        {
            yield return ($"store-format/manifest/vectors/bad/{name}.manifest", bytes);
        }

        foreach (var (name, text) in BadControls())
        {
            yield return ($"store-format/manifest/vectors/bad/{name}.control", Encoding.UTF8.GetBytes(text));
        }

        yield return ("store-format/generation/vectors/ok/record", SampleGeneration().Write());
        foreach (var (name, bytes) in BadRecords())
        {
            yield return ($"store-format/generation/vectors/bad/{name}", bytes);
        }
    }

    private static IEnumerable<(string Name, TreeEntry[] Entries)> SampleTrees()
    {
        yield return ("no entries", []);
        yield return ("one empty file", [File("empty", "")]);
        yield return ("one empty directory", [Directory("dir")]);
        yield return ("the same content with and without the executable bit", [File("a", "same"), File("b", "same", executable: true)]);
        yield return ("a symbolic link", [TreeEntry.SymbolicLink(RelativePath.Of("link"), "../elsewhere")]);
        yield return ("names are ordered by their UTF-8 bytes in every directory",
            [Directory("a"), Directory("a-b"), File("a-b/x", "1"), File("a/x", "2"), File("a.c", "3"), File("B", "4"), File("\uFFFD", "5"), File("\U0001F600", "6")]);
        yield return ("directories in directories", [Directory("usr"), Directory("usr/share"), Directory("usr/share/doc"), File("usr/share/doc/readme", "Read me.\n")]);
        yield return ("names with a line feed, a tab and a backslash", [File("a\nb\tc\\d", "odd")]);
    }

    private static byte[] Trees() => Json(json =>
    {
        foreach (var (name, entries) in SampleTrees())
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteStartArray("entries");
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("type", TreeDigest.TypeLetter(entry.Kind).ToString());
                json.WriteString("path", entry.Path.Text);
                if (entry.IsFile)
                {
                    json.WriteString("content", entry.Content.ToString());
                }
                else if (entry.Kind == TreeEntryKind.SymbolicLink)
                {
                    json.WriteString("target", entry.Target);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("digest", TreeDigest.Of(entries).ToString());
            json.WriteEndObject();
        }
    });

    private static byte[] Identities() => Json(json =>
    {
        var (tree, control) = (TreeDigest.Of([]), ControlData.Empty.Digest);
        foreach (var identity in (ObjectIdentity[])
        [
            new("jq", "1.6-2.1", "amd64", tree, control),
            new("jq", "1.6-2.1", "all", tree, control),
            new("jq1", ".6-2.1", "amd64", tree, control),
            new("gcc-12", "12.2.0-14+deb12u1", "amd64", tree, SampleControl().Digest),
            new("vim", "2:9.0.1378-2", "amd64", SampleObject().Identity.Tree, control),
            new("long", new string('1', 80), "all", tree, control),
            new("odd", "1 ü", "all", tree, control),
        ])
        {
            json.WriteStartObject();
            json.WriteString("name", identity.Name);
            json.WriteString("version", identity.Version);
            json.WriteString("architecture", identity.Architecture);
            json.WriteString("tree", identity.Tree.ToString());
            json.WriteString("control", identity.Control.ToString());
            json.WriteString("digest", identity.Digest().ToString());
            json.WriteString("path", identity.ToStorePath().Text);
            json.WriteEndObject();
        }
    });

    private static ObjectManifest SampleObject() => Describe(
        [
            Directory("usr"),
            Directory("usr/bin"),
            File("usr/bin/hello", "#!/bin/sh\necho hello\n", executable: true),
            TreeEntry.SymbolicLink(RelativePath.Of("usr/bin/hi"), "hello"),
            Directory("usr/share"),
            File("usr/share/a\nb\tc\\d", "odd name\n"),
            File("usr/share/empty", ""),
        ], "hello", "1:2.10-3");

    private static ObjectManifest Describe(TreeEntry[] entries, string name, string version) => new()
    {
        Identity = new ObjectIdentity(name, version, "amd64", TreeDigest.Of(entries), SampleControl().Digest),
        Files = entries.Count(e => e.IsFile),
        Bytes = new ByteCount(entries.Sum(e => e.Size)),
        Origin = new Origin("https://example.org/pool/hello_2.10-3_amd64.deb", new string('5', 64), "Example Archive Signing Key"),
        Entries = entries,
    };

    private static EnvironmentManifest SampleEnvironment() => new()
    {
        Id = Blake3.Hash("environment"u8),
        Tree = TreeDigest.Of([Directory("etc"), File("etc/passwd", "root:x:0:0::/root:/bin/sh\n")]),
        Files = 1,
        Bytes = new ByteCount(26),
        Objects = [SampleObject().Path],
        Entries = [Directory("etc"), File("etc/passwd", "root:x:0:0::/root:/bin/sh\n")],
    };

    private static ControlData SampleControl() => ControlData.Of(
        [new ControlMember("postinst", "#!/bin/sh\nexit 0\n"u8.ToArray()), new ControlMember("conffiles", "/etc/hello.conf\n"u8.ToArray())]);

    private static GenerationRecord SampleGeneration() => new()
    {
        Number = 3,
        Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Command = "vpkg install hello",
        Environment = SampleEnvironment().Id,
        Includes = ["../base.toml"],
        Closure = [SampleObject().Path],
    };

    /// <summary>Each with a closing digest that fits, so that only the fault named is there.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> BadManifests()
    {
        var good = Encoding.UTF8.GetString(SampleObject().Write());
        yield return ("another-version", Encoding.UTF8.GetBytes(good.Replace("veridian-manifest 1", "veridian-manifest 2", StringComparison.Ordinal)));
        yield return ("cut-off", Encoding.UTF8.GetBytes(good)[..^20]);
        yield return ("text-after-the-end", Encoding.UTF8.GetBytes(good + "\n"));
        yield return ("wrong-closing-digest", Encoding.UTF8.GetBytes(good.Replace("signer Example", "signer Elsewhere", StringComparison.Ordinal)));
        yield return ("wrong-tree-digest", Changed(good, "\nd\tusr/share\n", "\nd\tusr/share\nd\tusr/share/extra\n"));
        yield return ("paths-out-of-order", Changed(good, "\nd\tusr\nd\tusr/bin\n", "\nd\tusr/bin\nd\tusr\n"));
        yield return ("path-twice", Changed(good, "\nd\tusr/bin\n", "\nd\tusr/bin\nd\tusr/bin\n"));
        yield return ("parent-missing", Changed(good, "\nd\tusr/bin\n", "\n"));
        yield return ("parent-is-a-file", Changed(good, "\nd\tusr/share\n", "\nf\t" + new string('0', 64) + "\t0\tusr/share\n"));
        yield return ("path-leaves-the-tree", Changed(good, "\nd\tusr\n", "\nd\t../usr\nd\tusr\n"));
        yield return ("unknown-type", Changed(good, "\nd\tusr\n", "\np\tusr\n"));
        yield return ("number-with-a-leading-zero", Changed(good, "files 3", "files 03"));
        yield return ("size-with-a-NUL", Changed(good, "\tusr/bin/hello\n", "\0\tusr/bin/hello\n"));
        yield return ("digest-in-upper-case", Changed(good, SampleObject().Identity.Tree.ToString(), SampleObject().Identity.Tree.ToString().ToUpperInvariant()));
        yield return ("escape-that-is-not-needed", Changed(good, "usr/bin/hello\n", "usr/bin/\\x68ello\n"));
        yield return ("control-character-as-it-is", Changed(good, "Example Archive", "Example\u0019Archive"));
        yield return ("key-missing", Changed(good, "architecture amd64\n", ""));
        yield return ("bytes-that-are-not-UTF-8", [.. "veridian-manifest 1 object\nname "u8, 0xFF, .. "\n"u8]);
        yield return ("empty-file", []);
    }

    private static IEnumerable<(string Name, string Text)> BadControls()
    {
        yield return ("another-version", "veridian-control 2\n");
        yield return ("members-out-of-order", "veridian-control 1\nb 1\nx\na 1\nx\n");
        yield return ("member-twice", "veridian-control 1\na 1\nx\na 1\nx\n");
        yield return ("length-too-large", "veridian-control 1\na 99\nx\n");
        yield return ("line-feed-missing", "veridian-control 1\na 1\nx");
        yield return ("name-with-a-slash", "veridian-control 1\n../a 1\nx\n");
        yield return ("negative-length", "veridian-control 1\na -1\nx\n");
        yield return ("length-with-a-leading-zero", "veridian-control 1\na 01\nx\n");
        yield return ("length-with-a-NUL", "veridian-control 1\na 1\0\nx\n");
    }

    private static IEnumerable<(string Name, byte[] Bytes)> BadRecords()
    {
        var good = Encoding.UTF8.GetString(SampleGeneration().Write());
        yield return ("number-zero", Encoding.UTF8.GetBytes(good.Replace("number 3", "number 0", StringComparison.Ordinal)));
        yield return ("time-with-a-fraction", Encoding.UTF8.GetBytes(good.Replace("05Z", "05.5Z", StringComparison.Ordinal)));
        yield return ("unknown-line", Encoding.UTF8.GetBytes(good + "mood good\n"));
        yield return ("environment-missing", Encoding.UTF8.GetBytes(string.Join('\n', good.Split('\n').Where(l => !l.StartsWith("environment", StringComparison.Ordinal)))));
    }

    private static byte[] Changed(string manifest, string old, string @new)
    {
        var body = manifest[..(manifest.IndexOf("\ndigest\t", StringComparison.Ordinal) + 1)];
        if (!body.Contains(old, StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{old}' is not in the manifest.", nameof(old));
        }

        body = body.Replace(old, @new, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($"{body}digest\t{Blake3.Hash(Encoding.UTF8.GetBytes(body))}\n");
    }

    private static TreeEntry Directory(string path) => TreeEntry.Directory(RelativePath.Of(path));

    private static TreeEntry File(string path, string content, bool executable = false)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return TreeEntry.File(RelativePath.Of(path), executable, Blake3.Hash(bytes), bytes.Length);
    }

    private static byte[] Json(Action<Utf8JsonWriter> writeItems)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default }))
        {
            json.WriteStartArray();
            writeItems(json);
            json.WriteEndArray();
        }

        return [.. bytes.ToArray(), (byte)'\n'];
    }
}
