using System.CommandLine;
using System.Globalization;

namespace Veridian.Cli.Commands;

/// <summary>Options that count something: none takes a number below 0.</summary>
internal static class WholeNumbers
{
    /// <summary>Refuses negative numbers.</summary>
    public static Option<T> NotNegative<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., { Value: ['-', ..] number }] && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                result.AddError($"'{option.Name}' takes a number from 0 on, not '{number}'.");
            }
        });
        return option;
    }
}
