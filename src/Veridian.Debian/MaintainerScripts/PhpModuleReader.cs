using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>Finds what the postinst of one of PHP's packages does in its text, without running it.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-24.</remarks>
public static class PhpModuleReader
{
    private const int MaxBytes = 1 << 20;
    private const string DefaultPriority = "20";

    // Far above all real ones: they become parts of the names of files.
    private const int LongestName = 64;
    private const int LongestNumber = 9;

    // What is put into the place of lines that are known: by it is seen whether they surely run.
    private const string Mark = ": lines of PHP";

    private static readonly string[] Programs = ["php_invoke", "phpenmod", "phpdismod", "phpquery", "/var/lib/php/modules"];

    // Beside lines that are known, and what tools have generated, there may only be these.
    private static readonly string[] Others = [":", "set", "exit", "[", "update-alternatives", "ldconfig", "dpkg-statoverride"];

    private static readonly string[] InterfaceNames = ["apache2", "apache2filter", "cgi", "cli", "embed", "fpm", "phpdbg"];

    private static readonly ScriptBlock Modules = new("""
        if [ "$1" = "configure" ]; then
        inidir=/etc/php/{v}/mods-available
        if [ -e /usr/lib/php/php-maintscript-helper ] ; then
        . /usr/lib/php/php-maintscript-helper
        for dsoname in {w}; do
        inifile=${dsoname}.ini
        ucf /usr/share/{p}/{n}/${inifile} ${inidir}/${inifile}
        ucfr --force {p} ${inidir}/${inifile}
        if [ -f "${inidir}/${inifile}.dpkg-new" ]; then
        md5sum="$(md5sum ${inidir}/${inifile}.dpkg-new | sed -e 's/ .*//')"
        old_md5sum="$(md5sum ${inidir}/${inifile} | sed -e 's/ .*//')"
        if [ "$md5sum" = "$old_md5sum" ]; then
        mv "${inidir}/${inifile}.dpkg-new" "${inidir}/${inifile}"
        fi
        fi
        php_invoke enmod {v} ALL ${dsoname}
        done
        fi
        fi
        """);

    private static readonly ScriptBlock OwnModules = new("""
        if [ -e /usr/lib/php/php-maintscript-helper ] ; then
        . /usr/lib/php/php-maintscript-helper
        for version in {v} ; do
        for name in {w}; do
        php_invoke enmod "$version" ALL "$name" || exit 1
        done
        done
        else
        for name in {w}; do
        phpenmod "$name"
        done
        fi
        """);

    private static readonly ScriptBlock Interface = new("""
        CONFDIR=/etc/php/{v}/{n}/conf.d
        if [ "$1" = "configure" ]; then
        phpini="/etc/php/{v}/{n}/php.ini"
        if [ "{n}" = "cli" ]; then
        ucf /usr/lib/php/{v}/php.ini-production.{n} $phpini
        else
        ucf /usr/lib/php/{v}/php.ini-production $phpini
        fi
        ucfr {p} $phpini
        if [ -e /usr/lib/php/php-maintscript-helper ]; then
        . /usr/lib/php/php-maintscript-helper
        mods=$(phpquery -M -v {v})
        for mod in $mods; do
        php_invoke enmod {v} {n} $mod
        done
        fi
        if [ -n "$2" ] && dpkg --compare-versions "$2" lt "7.0.3-2~"; then
        rm -f /etc/php/{v}/{n}/conf.d/20-opcache.ini;
        fi
        fi
        """);

    private static readonly ScriptBlock Offers = new("""
        for binary in {f}; do
        update-alternatives \
        --install /usr/bin/${binary} ${binary} /usr/bin/${binary}{v} {m} \
        --slave /usr/share/man/man1/${binary}.1.gz ${binary}.1.gz /usr/share/man/man1/${binary}{v}.1.gz
        done
        """);

    // Lines that change nothing at a first installation.
    private static readonly ScriptBlock[] WithoutEffect =
    [
        new("""
            if [ "$1" = "configure" ] && [ -n "$2" ]; then
            for sapi in $(phpquery -v {v} -S); do
            if [ -h /etc/php/{v}/$sapi/conf.d/20-{n}.ini ]; then
            rm /etc/php/{v}/$sapi/conf.d/20-{n}.ini;
            fi
            done
            fi
            """),
        new("""
            if [ -d "/var/lib/php/modules/registry" ]; then
            rm -r /var/lib/php/modules/registry;
            fi
            """),
        new("""
            php_enable() {
            return 1
            }
            """),
        // php_enable is what stands above: another one would be left over.
        new("""
            # Automatically added by dh_apache2/{t}
            if php_enable; then
            if [ -e /usr/share/apache2/apache2-maintscript-helper ] ; then
            . /usr/share/apache2/apache2-maintscript-helper
            for conf in {p}  ; do
            apache2_invoke enconf $conf  || exit 1
            done
            fi
            fi
            # End automatically added section
            """),
    ];

    /// <summary>Whether a script names the programs that enable PHP's modules, or their records.</summary>
    public static bool IsNamedIn(ReadOnlySpan<byte> script)
    {
        foreach (var program in Programs)
        {
            if (script.IndexOf(Encoding.ASCII.GetBytes(program)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a postinst that names them.</summary>
    /// <returns>All that it does; null where one line of it is not known, or does not surely run.</returns>
    public static PhpModuleContent? Read(ReadOnlySpan<byte> script)
    {
        if (script.Length > MaxBytes || !ScriptSummary.IsShellScript(script))
        {
            return null;
        }

        string[] lines = [.. Encoding.UTF8.GetString(script).Split('\n').Select(line => line.Trim(' ', '\t')).Where((line, index) => index == 0 || (line.Length > 0 && (line[0] != '#' || ScriptSummary.IsSnippetMark(line))))];
        var (modules, interfaces, rest) = (new List<PhpModule>(), new List<PhpInterface>(), new List<string>());
        for (var at = 0; at < lines.Length;)
        {
            at += Take(lines, at, modules, interfaces, rest);
        }

        var text = Encoding.UTF8.GetBytes(string.Join('\n', rest) + "\n");
        var offers = AlternativesReader.Read(text);
        return IsPlain(text, rest.Count(line => line == Mark)) && offers.NotUnderstood.Count == 0
            && modules.TrueForAll(module => module.Name.Length + module.Version.Length <= LongestName) && interfaces.TrueForAll(one => InterfaceNames.Contains(one.Name) && one.Version.Length <= LongestName)
            ? new PhpModuleContent(modules, interfaces, offers.Understood)
            : null;
    }

    /// <summary>The number in front of the name of a module's link, which orders them: as the module's configuration says it.</summary>
    /// <param name="configuration">The bytes of the module's file.</param>
    public static string PriorityOf(ReadOnlySpan<byte> configuration)
    {
        foreach (var line in configuration.Split((byte)'\n'))
        {
            var text = Encoding.Latin1.GetString(configuration[line]);
            if (PriorityIn(text) is { } priority)
            {
                return priority;
            }

            if (IsNumber(text))
            {
                break; // Debian's program reads no further
            }
        }

        return DefaultPriority;
    }

    private static string? PriorityIn(string line)
    {
        const string Spaces = " \t\v\f\r";
        var parts = line.Split('=');
        return parts is [[';', .. var key], var value] && key.Trim([.. Spaces]) == "priority" && value.Trim([.. Spaces]) is var number && IsNumber(number) && number.Length <= LongestNumber ? number : null;
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <returns>How many lines were taken.</returns>
    private static int Take(string[] lines, int at, List<PhpModule> modules, List<PhpInterface> interfaces, List<string> rest)
    {
        if (Modules.Matches(lines, at, out var names))
        {
            modules.AddRange(Words(names['w']).Select(name => new PhpModule(names['v'], name, $"/usr/share/{names['p']}/{names['n']}/{name}.ini")));
            rest.Add(Mark);
            return Modules.Length;
        }

        if (OwnModules.Matches(lines, at, out names))
        {
            modules.AddRange(Words(names['w']).Select(name => new PhpModule(names['v'], name, null)));
            rest.Add(Mark);
            return OwnModules.Length;
        }

        if (Interface.Matches(lines, at, out names))
        {
            interfaces.Add(new PhpInterface(names['v'], names['n'], $"/usr/lib/php/{names['v']}/php.ini-production{(names['n'] == "cli" ? ".cli" : "")}"));
            rest.Add(Mark);
            return Interface.Length;
        }

        if (Offers.Matches(lines, at, out names))
        {
            rest.AddRange(Words(names['f']).Select(name =>
                $"update-alternatives --install /usr/bin/{name} {name} /usr/bin/{name}{names['v']} {names['m']} --slave /usr/share/man/man1/{name}.1.gz {name}.1.gz /usr/share/man/man1/{name}{names['v']}.1.gz"));
            return Offers.Length;
        }

        if (Array.Find(WithoutEffect, block => block.Matches(lines, at, out _)) is { } block)
        {
            rest.Add(Mark);
            return block.Length;
        }

        rest.Add(lines[at]);
        return 1;
    }

    private static string[] Words(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether nothing has to run for what is left, and all that was taken out surely runs.</summary>
    private static bool IsPlain(byte[] text, int marks)
    {
        if (!ScriptSummary.Of(text, ScriptCall.Configure).NeedsNoRun || IsNamedIn(text))
        {
            return false;
        }

        var commands = ScriptSummary.CommandsOf(text, ScriptCall.Configure);
        return commands.All(command => command.Function is null && Others.Contains(command.Name)) && commands.Count(command => command.Text == Mark && command.IsCertain) == marks;
    }
}
