using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Text;

namespace Veridian.Formats.Profile;

/// <summary>Resolves <c>${NAME}</c> in the values of variables (P-13).</summary>
/// <remarks>A name means the declared variable; else, or inside that variable's own value, the host variable of that name if it is inherited.</remarks>
internal sealed class VariableResolution
{
    /// <summary>What Linux hands to a program as one string.</summary>
    private const int MaxLength = 128 * 1024 - 1;

    private const int MaxTotalLength = 1 << 20;
    private const int MaxDepth = 64;

    private readonly Dictionary<string, ProfileVariable> _declared = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _inherit;
    private readonly Dictionary<string, EvaluatedVariable> _resolved = new(StringComparer.Ordinal);
    private readonly List<string> _chain = [];
    private int _totalLength;

    public VariableResolution(IEnumerable<ProfileVariable> declared, IReadOnlySet<string> inherit)
    {
        _inherit = inherit;
        foreach (var variable in declared)
        {
            _declared.Add(variable.Name, variable);
        }
    }

    /// <summary>All variables by name.</summary>
    public IReadOnlyList<EvaluatedVariable> All() =>
        [.. _declared.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal).Select(Resolve)];

    private EvaluatedVariable Resolve(ProfileVariable variable)
    {
        if (_resolved.TryGetValue(variable.Name, out var known))
        {
            return known;
        }

        if (_chain.Count == MaxDepth)
        {
            throw Error(ErrorCodes.ProfileValue, variable, $"Variable '{_chain[0]}' is reached through more than {MaxDepth} others.", "Refer to fewer variables in a row.");
        }

        _chain.Add(variable.Name);
        var value = new PartList();
        var template = variable.Template;
        for (var at = 0; at < template.Length;)
        {
            var dollar = template.IndexOf('$', at);
            value.AddLiteral(template[at..(dollar < 0 ? template.Length : dollar)]);
            at = dollar < 0 ? template.Length : AddReference(variable, dollar, value);
            RefuseTooLong(variable, value.Length);
        }

        _totalLength += value.Length;
        _chain.RemoveAt(_chain.Count - 1);
        return _resolved[variable.Name] = new EvaluatedVariable(variable.Name, value.ToParts(), variable.Span);
    }

    private void RefuseTooLong(ProfileVariable variable, int length)
    {
        if (length > MaxLength || _totalLength + length > MaxTotalLength)
        {
            throw Error(ErrorCodes.ProfileValue, variable,
                $"With '{variable.Name}' a value grows beyond {MaxLength} or all values beyond {MaxTotalLength} characters.",
                "Shorten values, or refer to fewer variables.");
        }
    }

    /// <summary>Adds what the dollar at a place stands for; returns the place behind it.</summary>
    private int AddReference(ProfileVariable variable, int dollar, PartList value)
    {
        var template = variable.Template;
        if (template.AsSpan(dollar).StartsWith("$$"))
        {
            value.AddLiteral("$");
            return dollar + 2;
        }

        var close = template.IndexOf('}', dollar);
        if (!template.AsSpan(dollar).StartsWith("${") || close < 0 || !ProfileSectionReader.IsVariableName(template.AsSpan((dollar + 2)..close)))
        {
            throw Error(ErrorCodes.ProfileValue, variable, $"A '$' in the value of '{variable.Name}' begins neither '${{NAME}}' nor '$$'.", "Write '$$' for a dollar, or '${NAME}' for a variable.");
        }

        AddVariable(variable, template[(dollar + 2)..close], value);
        return close + 1;
    }

    private void AddVariable(ProfileVariable from, string name, PartList value)
    {
        if (_declared.TryGetValue(name, out var declared) && (name != from.Name || !_inherit.Contains(name)))
        {
            if (_chain.Contains(name))
            {
                throw Error(ErrorCodes.VariableUnknown, from,
                    $"Variable '{name}' is made of itself: {string.Join(" -> ", _chain[_chain.IndexOf(name)..])} -> {name}.",
                    $"Break the cycle, or add \"{name}\" to inherit in [profile] if the host's value is meant.");
            }

            foreach (var part in Resolve(declared).Parts)
            {
                value.Add(part);
            }
        }
        else if (_inherit.Contains(name))
        {
            value.Add(new VariablePart(name, IsHostVariable: true));
        }
        else
        {
            throw Error(ErrorCodes.VariableUnknown, from, $"'{from.Name}' refers to '${{{name}}}', which is neither declared in [env] nor inherited.",
                DidYouMean.Nearest(name, _declared.Keys.Concat(_inherit)) is { } near ? $"Write '${{{near}}}'." : $"Declare it, or add \"{name}\" to inherit in [profile].");
        }
    }

    private static InvalidInputException Error(ErrorCode code, ProfileVariable variable, string message, string hint) =>
        new(code, message, hint, variable.Span);

    /// <summary>Parts in order, neighbouring literals joined.</summary>
    private sealed class PartList
    {
        private readonly List<VariablePart> _parts = [];
        private readonly StringBuilder _literal = new();

        public int Length { get; private set; }

        public void AddLiteral(string text)
        {
            _literal.Append(text);
            Length += text.Length;
        }

        public void Add(VariablePart part)
        {
            if (!part.IsHostVariable)
            {
                AddLiteral(part.Text);
                return;
            }

            Flush();
            _parts.Add(part);
            Length += part.Text.Length;
        }

        public IReadOnlyList<VariablePart> ToParts()
        {
            Flush();
            return [.. _parts];
        }

        private void Flush()
        {
            if (_literal.Length > 0)
            {
                _parts.Add(new VariablePart(_literal.ToString(), IsHostVariable: false));
                _literal.Clear();
            }
        }
    }
}
