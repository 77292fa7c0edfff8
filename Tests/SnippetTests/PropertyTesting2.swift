// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/PropertyTesting/PropertyTesting.docc/PropertyTesting.md.

struct PropertyTesting2 {
  @Test(.checks(cases: 10_000)) func additionCommutes() async {
    await forAll(Generator<(Int, Int)>.pair(.int(in: -99...99), .int(in: -99...99))) { a, b in a + b == b + a }
  }
}
