using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>Definitions by key. Two files may say the same twice, never different things (P-11).</summary>
/// <param name="what">What a key is, for messages: "package", "variable".</param>
internal sealed class ProfileMerge<T>(string what)
{
    private readonly Dictionary<string, Definition> _definitions = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>The values in the order of their first definition.</summary>
    public IEnumerable<T> Values => _order.Select(key => _definitions[key].Value);

    /// <summary>Adds a definition.</summary>
    /// <param name="key">What is defined.</param>
    /// <param name="meaning">Equal texts mean the same.</param>
    /// <param name="value">The value kept when the key is new.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.ProfileInclude"/>: another file gives the key another meaning.</exception>
    public void Add(string key, string meaning, T value, SourceSpan place)
    {
        if (!_definitions.TryGetValue(key, out var known))
        {
            _definitions.Add(key, new Definition(meaning, value, place));
            _order.Add(key);
        }
        else if (known.Meaning != meaning)
        {
            throw new InvalidInputException(ErrorCodes.ProfileInclude,
                $"The {what} '{key}' is defined differently at {known.Place} and at {place}.",
                "Remove one of the two, or make them equal.", place);
        }
    }

    /// <summary>Puts every definition of a more special layer over this one's.</summary>
    public void Override(ProfileMerge<T> special)
    {
        foreach (var key in special._order)
        {
            if (!_definitions.ContainsKey(key))
            {
                _order.Add(key);
            }

            _definitions[key] = special._definitions[key];
        }
    }

    private sealed record Definition(string Meaning, T Value, SourceSpan Place);
}
