namespace JsRun.Hosting.Tests.Options;

public sealed class ConfigurationSchemaTests
{
    private static readonly string Committed = Path.Combine(Repository.Root, "appsettings.schema.json");

    [Fact]
    public void Write_OptionsTypes_GiveTheCommittedSchema()
    {
        var schema = ConfigurationSchema.Write();
        if (Environment.GetEnvironmentVariable("JSRUN_WRITE_SCHEMA") == "1")
        {
            File.WriteAllText(Committed, schema);
        }

        File.ReadAllText(Committed).ShouldBe(schema, "The options changed: run 'make schema' and commit appsettings.schema.json.");
    }
}
