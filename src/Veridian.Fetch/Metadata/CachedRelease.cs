using System.Globalization;
using Veridian.Fetch.Cache;
using Veridian.Trust.Releases;

namespace Veridian.Fetch.Metadata;

/// <summary>The release text of the last fetch, with what its server recognises it by.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-8. It lies in the cache, so it is believed only after it was verified again.</remarks>
internal sealed class CachedRelease(CacheFolder cache, ReleaseSubject subject)
{
    private readonly string _folder = cache.Lists(subject);

    /// <summary>Where the text lies; it is called the same whether it was signed or not.</summary>
    public string ReleasePath => Path.Combine(_folder, "InRelease");

    private string ValidatorPath => Path.Combine(_folder, "validator");

    /// <summary>Where an index file lies.</summary>
    public string IndexPath(ReleaseFile file) => Path.Combine(_folder, file.Digest + Path.GetExtension(file.Path));

    /// <summary>The text; null if there is none.</summary>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(ReleasePath, new FileStreamOptions { Options = FileOptions.Asynchronous });
            return await LimitedBody.ReadAsync(file, cancellationToken);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.Of(ReleasePath, cause);
        }
    }

    /// <summary>The validator that this very URL gave; null if another one did.</summary>
    public FetchValidator? ValidatorOf(Uri url)
    {
        try
        {
            using var reader = new StreamReader(ValidatorPath);
            var (from, tag, time) = (reader.ReadLine(), reader.ReadLine(), reader.ReadLine());
            DateTimeOffset? modified = DateTimeOffset.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : null;
            return from == ShownUrl.Of(url) && (tag is { Length: > 0 } || modified is not null) ? new FetchValidator(tag is { Length: > 0 } ? tag : null, modified) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Replaces the text. The validator goes first, so that a cut in between costs a transfer and never keeps an old text.</summary>
    public void Save(byte[] content, Uri url, FetchValidator validator)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            File.Delete(ValidatorPath);
            Replace(ReleasePath, path => File.WriteAllBytes(path, content));
            Replace(ValidatorPath, path => File.WriteAllLines(path, [ShownUrl.Of(url), validator.ETag ?? "", validator.LastModified?.ToString("O", CultureInfo.InvariantCulture) ?? ""]));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.Of(_folder, cause);
        }
    }

    /// <summary>Removes index files that the present text does not name and that nobody has written for a day: another process may still read a younger one.</summary>
    public void Prune(IEnumerable<FetchedIndex> keep, DateTimeOffset now)
    {
        var names = keep.Select(index => Path.GetFileName(index.Path)).Append("InRelease").Append("validator").ToHashSet();
        try
        {
            foreach (var old in new DirectoryInfo(_folder).EnumerateFiles().Where(file => !names.Contains(file.Name) && now - file.LastWriteTimeUtc > TimeSpan.FromDays(1)))
            {
                old.Delete();
            }
        }
        catch (Exception harmless) when (harmless is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed only takes space.
        }
    }

    private static void Replace(string path, Action<string> write)
    {
        var staged = $"{path}.{Path.GetRandomFileName()}";
        write(staged);
        File.Move(staged, path, overwrite: true);
    }
}
