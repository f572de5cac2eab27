using System.Runtime.InteropServices;

namespace Veridian.Solver.Z3;

/// <summary>The part of Z3's C interface that is used (4.8.12 and later). Every handle is owned by its context.</summary>
internal static unsafe partial class Z3Native
{
    public const int False = -1;
    public const int Undefined = 0;
    public const int True = 1;

    /// <summary>Debian's package is named in the message when this is missing.</summary>
    private const string Library = "libz3.so.4";

    [LibraryImport(Library)]
    public static partial nint Z3_mk_config();

    [LibraryImport(Library)]
    public static partial void Z3_del_config(nint config);

    [LibraryImport(Library)]
    public static partial nint Z3_mk_context(nint config);

    [LibraryImport(Library)]
    public static partial void Z3_del_context(nint context);

    /// <summary>Without a handler of its own Z3 ends the process on an error.</summary>
    [LibraryImport(Library)]
    public static partial void Z3_set_error_handler(nint context, nint handler);

    [LibraryImport(Library)]
    public static partial int Z3_get_error_code(nint context);

    [LibraryImport(Library)]
    public static partial nint Z3_get_error_msg(nint context, int code);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Z3_mk_string_symbol(nint context, string text);

    [LibraryImport(Library)]
    public static partial nint Z3_mk_int_symbol(nint context, int number);

    [LibraryImport(Library)]
    public static partial nint Z3_mk_bool_sort(nint context);

    [LibraryImport(Library)]
    public static partial nint Z3_mk_const(nint context, nint symbol, nint sort);

    [LibraryImport(Library)]
    public static partial nint Z3_mk_not(nint context, nint term);

    [LibraryImport(Library)]
    public static partial nint Z3_mk_or(nint context, uint count, nint* terms);

    [LibraryImport(Library)]
    public static partial nint Z3_mk_solver_for_logic(nint context, nint logic);

    [LibraryImport(Library)]
    public static partial void Z3_solver_inc_ref(nint context, nint solver);

    [LibraryImport(Library)]
    public static partial void Z3_solver_dec_ref(nint context, nint solver);

    [LibraryImport(Library)]
    public static partial nint Z3_mk_params(nint context);

    [LibraryImport(Library)]
    public static partial void Z3_params_inc_ref(nint context, nint parameters);

    [LibraryImport(Library)]
    public static partial void Z3_params_dec_ref(nint context, nint parameters);

    [LibraryImport(Library)]
    public static partial void Z3_params_set_symbol(nint context, nint parameters, nint key, nint value);

    [LibraryImport(Library)]
    public static partial void Z3_params_set_uint(nint context, nint parameters, nint key, uint value);

    [LibraryImport(Library)]
    public static partial void Z3_solver_set_params(nint context, nint solver, nint parameters);

    [LibraryImport(Library)]
    public static partial void Z3_solver_assert(nint context, nint solver, nint term);

    [LibraryImport(Library)]
    public static partial int Z3_solver_check_assumptions(nint context, nint solver, uint count, nint* assumptions);

    [LibraryImport(Library)]
    public static partial nint Z3_solver_get_unsat_core(nint context, nint solver);

    [LibraryImport(Library)]
    public static partial void Z3_ast_vector_inc_ref(nint context, nint vector);

    [LibraryImport(Library)]
    public static partial void Z3_ast_vector_dec_ref(nint context, nint vector);

    [LibraryImport(Library)]
    public static partial uint Z3_ast_vector_size(nint context, nint vector);

    [LibraryImport(Library)]
    public static partial nint Z3_ast_vector_get(nint context, nint vector, uint at);

    [LibraryImport(Library)]
    public static partial nint Z3_solver_get_model(nint context, nint solver);

    [LibraryImport(Library)]
    public static partial void Z3_model_inc_ref(nint context, nint model);

    [LibraryImport(Library)]
    public static partial void Z3_model_dec_ref(nint context, nint model);

    [LibraryImport(Library)]
    public static partial nint Z3_get_app_decl(nint context, nint application);

    [LibraryImport(Library)]
    public static partial nint Z3_model_get_const_interp(nint context, nint model, nint declaration);

    [LibraryImport(Library)]
    public static partial int Z3_get_bool_value(nint context, nint term);

    [LibraryImport(Library)]
    public static partial void Z3_interrupt(nint context);
}
