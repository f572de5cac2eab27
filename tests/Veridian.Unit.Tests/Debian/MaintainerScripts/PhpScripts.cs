namespace Veridian.Unit.Tests.Debian.MaintainerScripts;

/// <summary>The scripts of Debian's PHP packages, put together from the parts that they share, word for word.</summary>
internal static class PhpScripts
{
    public const string Offers = """
        if [ "$1" = "configure" ]; then
            for binary in php phar phar.phar; do
                update-alternatives \
        	    --install /usr/bin/${binary} ${binary} /usr/bin/${binary}8.2 82 \
        	    --slave /usr/share/man/man1/${binary}.1.gz ${binary}.1.gz /usr/share/man/man1/${binary}8.2.1.gz
            done
        fi
        """;

    public const string CgiStart = """
        php_enable() {
            # Don't enable PHP CGI by default
            return 1
        }

        if [ "$1" = "configure" ]; then
            update-alternatives \
        	--install /usr/bin/php-cgi php-cgi /usr/bin/php-cgi8.2 82 \
        	--slave /usr/share/man/man1/php-cgi.1.gz php-cgi.1.gz \
        	/usr/share/man/man1/php-cgi8.2.1.gz

            update-alternatives \
        	--install /usr/lib/cgi-bin/php php-cgi-bin /usr/lib/cgi-bin/php8.2 82
        fi
        """;

    public const string CgiEnd = """
        # Automatically added by dh_apache2/UNDECLARED
        if php_enable; then
        	if [ -e /usr/share/apache2/apache2-maintscript-helper ] ; then
        		. /usr/share/apache2/apache2-maintscript-helper
        		for conf in php8.2-cgi  ; do
        			apache2_invoke enconf $conf  || exit 1
        		done
        	fi
        fi
        # End automatically added section
        """;

    public const string EmbedStart = """
        if [ "$1" = "configure" ]; then
            update-alternatives \
        	--install /usr/lib/libphp8.so libphp8 /usr/lib/libphp8.2.so 82
        fi

        [ "$1" = "configure" ] && ldconfig
        """;

    public const string DebuggerStart = """
        if [ "$1" = "configure" ]; then
            update-alternatives \
        	--install /usr/bin/phpdbg phpdbg /usr/bin/phpdbg8.2 82 \
        	--slave /usr/share/man/man1/phpdbg.1.gz phpdbg.1.gz /usr/share/man/man1/phpdbg8.2.1.gz
        fi
        """;

    public const string XmlStart = """
        if [ "$1" = "configure" ] && [ -n "$2" ]; then
            for sapi in $(phpquery -v 8.2 -S); do
        	if [ -h /etc/php/8.2/$sapi/conf.d/20-xml.ini ]; then
        	    rm /etc/php/8.2/$sapi/conf.d/20-xml.ini;
        	fi
            done
        fi
        """;

    public const string CommonStart = """
        if [ "$1" = "configure" ]; then
            if ! dpkg-statoverride --list /var/lib/php/sessions >/dev/null; then
                dpkg-statoverride --update --quiet --add root root 01733 /var/lib/php/sessions
            fi
        fi

        # Remove old registry directory
        if [ -d "/var/lib/php/modules/registry" ]; then
            rm -r /var/lib/php/modules/registry;
        fi
        """;

    public const string Services = """
        # Automatically added by dh_systemd_enable/13.11.4
        if [ "$1" = "configure" ] || [ "$1" = "abort-upgrade" ] || [ "$1" = "abort-deconfigure" ] || [ "$1" = "abort-remove" ] ; then
        	# The following line should be removed in trixie or trixie+1
        	deb-systemd-helper unmask 'phpsessionclean.timer' >/dev/null || true

        	# was-enabled defaults to true, so new installations run enable.
        	if deb-systemd-helper --quiet was-enabled 'phpsessionclean.timer'; then
        		# Enables the unit on first installation, creates new
        		# symlinks on upgrades if the unit file has changed.
        		deb-systemd-helper enable 'phpsessionclean.timer' >/dev/null || true
        	else
        		# Update the statefile to add new symlinks (if any), which need to be
        		# cleaned up on purge. Also remove old symlinks.
        		deb-systemd-helper update-state 'phpsessionclean.timer' >/dev/null || true
        	fi
        fi
        # End automatically added section
        # Automatically added by dh_systemd_start/13.11.4
        if [ "$1" = "configure" ] || [ "$1" = "abort-upgrade" ] || [ "$1" = "abort-deconfigure" ] || [ "$1" = "abort-remove" ] ; then
        	if [ -d /run/systemd/system ]; then
        		systemctl --system daemon-reload >/dev/null || true
        		if [ -n "$2" ]; then
        			_dh_action=restart
        		else
        			_dh_action=start
        		fi
        		deb-systemd-invoke $_dh_action 'phpsessionclean.timer' >/dev/null || true
        	fi
        fi
        # End automatically added section
        # Automatically added by dh_systemd_start/13.11.4
        if [ "$1" = "configure" ] || [ "$1" = "abort-upgrade" ] || [ "$1" = "abort-deconfigure" ] || [ "$1" = "abort-remove" ] ; then
        	if [ -z "${DPKG_ROOT:-}" ] && [ -d /run/systemd/system ]; then
        		systemctl --system daemon-reload >/dev/null || true
        		if [ -n "$2" ]; then
        			deb-systemd-invoke try-restart 'phpsessionclean.service' >/dev/null || true
        		fi
        	fi
        fi
        # End automatically added section
        """;

    private const string ModulesPart = """
        if [ "$1" = "configure" ]; then
            # Install the new versioned configuration
            inidir=/etc/php/VERSION/mods-available

            if [ -e /usr/lib/php/php-maintscript-helper ] ; then
        	. /usr/lib/php/php-maintscript-helper

        	for dsoname in MODULES; do
        	    inifile=${dsoname}.ini

        	    # Register new conffile with UCF
        	    ucf /usr/share/PACKAGE/FOLDER/${inifile} ${inidir}/${inifile}
        	    ucfr --force PACKAGE ${inidir}/${inifile}
        	    
        	    if [ -f "${inidir}/${inifile}.dpkg-new" ]; then
        		md5sum="$(md5sum ${inidir}/${inifile}.dpkg-new | sed -e 's/ .*//')"
        		old_md5sum="$(md5sum ${inidir}/${inifile} | sed -e 's/ .*//')"
        		if [ "$md5sum" = "$old_md5sum" ]; then
        		    mv "${inidir}/${inifile}.dpkg-new" "${inidir}/${inifile}"
        		fi
        	    fi
        	
        	    php_invoke enmod VERSION ALL ${dsoname}
        	done
            fi
        fi
        """;

    private const string OwnPart = """
        # Automatically added by dh_php/UNDECLARED
        # Hey emacs, this is -*- shell-script -*-

        if [ -e /usr/lib/php/php-maintscript-helper ] ; then
            . /usr/lib/php/php-maintscript-helper
            
            for version in VERSION ; do
                for name in MODULES ; do
                    php_invoke enmod "$version" ALL "$name" || exit 1
        	done
            done
        else
            for name in MODULES ; do
                phpenmod "$name"
            done
        fi
        # End automatically added section
        """;

    private const string InterfacePart = """
        CONFDIR=/etc/php/VERSION/SAPI/conf.d

        if [ "$1" = "configure" ]; then
            phpini="/etc/php/VERSION/SAPI/php.ini"

            if [ "SAPI" = "cli" ]; then
        	ucf /usr/lib/php/VERSION/php.ini-production.SAPI $phpini
            else
        	ucf /usr/lib/php/VERSION/php.ini-production $phpini
            fi
            ucfr PACKAGE $phpini

            if [ -e /usr/lib/php/php-maintscript-helper ]; then
        	. /usr/lib/php/php-maintscript-helper
        	
        	mods=$(phpquery -M -v VERSION)
        	for mod in $mods; do
        	    php_invoke enmod VERSION SAPI $mod
        	done
            fi

            if [ -n "$2" ] && dpkg --compare-versions "$2" lt "7.0.3-2~"; then
        	rm -f /etc/php/VERSION/SAPI/conf.d/20-opcache.ini;
            fi	    
        fi
        """;

    private const string OwnPreinst = """
        # Automatically added by dh_php/UNDECLARED
        # Hey emacs, this is -*- shell-script -*-

        if [ "$1" = "upgrade" ]; then
            # Cleanup of the old symlinks (including broken symlinks)
            for version in 8.2 ; do
                inidir="/etc/php/${version}"
        	for name in xdebug; do
        	    inifile="${name}.ini"
        	    find "${inidir}" -xtype l 2>/dev/null | \
        	    while read symlink; do
        	        if [ "$(basename "$(readlink -m "${symlink}")")" = "${inifile}" ]; then
        		    rm -f "${symlink}"
        		fi
        	    done
        	done
            done
        fi

        # Disable and then re-enable module on upgrades to deal with priority changes
        if [ "$1" = "upgrade" ]; then
            if [ -e /usr/lib/php/php-maintscript-helper ] ; then
        	. /usr/lib/php/php-maintscript-helper

        	for version in 8.2 ; do
        	    for name in xdebug ; do
        		php_invoke dismod "$version" ALL "$name" || exit 1
        	    done
        	done
            fi
        fi
        # End automatically added section
        """;

    private const string Preinst = """
        if [ "$1" = "upgrade" ]; then
            # First purge the old unversioned configuration
            inidir=/etc/php/mods-available
            for dsoname in mysqlnd mysqli pdo_mysql; do
        	inifile=${dsoname}.ini
        	if [ -e ${inidir}/${inifile} ]; then
        	    for ext in '~' '%' .bak .ucf-new .ucf-old .ucf-dist;  do
        		rm -f ${inidir}/${inifile}${ext}
        	    done
        	    rm -f ${inidir}/${inifile}
        	    if which ucf >/dev/null; then
        		ucf --purge ${inidir}/${inifile} >/dev/null || true
        	    fi
        	    if which ucfr >/dev/null; then
        		ucfr --force --purge php8.2-mysql ${inidir}/${inifile} >/dev/null || true
        	    fi
        	fi
        	# Cleanup of the old symlinks (including broken symlinks)
        	find /etc/php/ -type l | \
        	    while read symlink; do
        		if [ "$(readlink $symlink)" = "${inidir}/$inifile" ]; then
        		    rm -f "${symlink}"
        		fi
        	    done
            done
            if [ -d "$inidir" ]; then
        	rmdir --ignore-fail-on-non-empty "$inidir";
            fi
        fi
        """;

    /// <summary>The whole postinst of a package that brings modules.</summary>
    public static string Modules(string package, string folder, string modules, string before = "", string version = "8.2") =>
        Whole(before, ModulesPart.Replace("VERSION", version, StringComparison.Ordinal).Replace("PACKAGE", package, StringComparison.Ordinal)
            .Replace("FOLDER", folder, StringComparison.Ordinal).Replace("MODULES", modules, StringComparison.Ordinal));

    /// <summary>That of one whose modules lie in their place already.</summary>
    public static string OwnModules(string modules, string version = "8.2") =>
        $"#!/bin/sh\nset -e\n{OwnPart.Replace("VERSION", version, StringComparison.Ordinal).Replace("MODULES", modules, StringComparison.Ordinal)}\n";

    /// <summary>That of an interface.</summary>
    public static string Interface(string package, string name, string before = "", string after = "", string version = "8.2") =>
        Whole(before, $"{InterfacePart.Replace("VERSION", version, StringComparison.Ordinal).Replace("PACKAGE", package, StringComparison.Ordinal).Replace("SAPI", name, StringComparison.Ordinal)}\n\n{after}");

    /// <summary>That of <c>php-common</c>.</summary>
    public static string Common { get; } = Whole(CommonStart, Services);

    /// <summary>The preinst of a package that brings modules.</summary>
    public static string PreinstOfModules { get; } = Whole("", Preinst);

    /// <summary>That of one whose modules lie in their place already.</summary>
    public static string PreinstOfOwnModules { get; } = $"#!/bin/sh\nset -e\n{OwnPreinst}\n";

    private static string Whole(string before, string text) => $"#!/bin/sh\n\nset -e\n\n{before}\n\n{text}\n\n\n\nexit 0\n";
}
