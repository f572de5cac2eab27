using System.Globalization;

namespace Veridian.Core.Text;

/// <summary>A number and what is counted, in the form that English wants.</summary>
public static class Plural
{
    /// <summary><c>1 package</c>, <c>2 packages</c>, <c>0 packages</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one, which takes an s.</param>
    public static string Of(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
