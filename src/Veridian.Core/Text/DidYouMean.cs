namespace Veridian.Core.Text;

/// <summary>Finds the words that somebody may have meant.</summary>
public static class DidYouMean
{
    /// <summary>The candidate nearest to the word, or null when none is near. Never the word itself.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => throw new NotImplementedException();

    /// <summary>At most <paramref name="max"/> candidates, nearest first, equally near ones in ordinal order.</summary>
    public static IReadOnlyList<string> Nearest(string word, IEnumerable<string> candidates, int max) => throw new NotImplementedException();
}
