// The least that a .NET program can do: the measure of figures that count in process starts.
return 0;
