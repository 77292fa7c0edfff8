import ExactJSON
import Testing

@testable import Reporting

@Suite struct TheoryTests {
  private func documents() throws -> [Document] {
    [try Sample.claims.document, try Sample.verify.document, try Sample.explain.document, try Sample.proofs.document]
  }

  @Test func everyClaimOfTheListHasItsPage() throws {
    let files = try TheoryPages(try documents()).files
    #expect(files.map(\.name) == ["index.html", "claim-sharp.html", "claim-theorem1.html", "claim-fixed-lambda.html"])
    #expect(try TheoryPages(try documents()).files == files)
    for file in files {
      let page = PageReader(html: file.html)
      #expect(Set(page.targets).subtracting(page.ids).isEmpty && Set(page.ids).count == page.ids.count, "\(file.name)")
      #expect(Set(page.ways).subtracting(files.map(\.name)) == ["data:,"], "\(file.name)")
    }
    let refuted = files[3].html
    for text in ["counterexample", "where the teacher helps", "R0, without a teacher", "Claim.fixed_lambda", "margin"] {
      #expect(refuted.contains(text), "\(text)")
    }
    #expect(
      files[1].html.contains("sharp</code> in <bdi>proofs/Theorems.v") && !files[1].html.contains("The counterexample"))
  }

  @Test func theListAloneIsEnough() throws {
    #expect(try TheoryPages([try Sample.claims.document]).files.count == 4)
  }

  @Test func whatDoesNotBelongIsSaid() throws {
    func failure(_ documents: [Document]) -> String? {
      do throws(ReportError) { _ = try TheoryPages(documents) } catch { return error.description }
      return nil
    }
    #expect(failure([]) == "theory: there is no list of claims; cch claims --json prints it")
    let claims = try Sample.claims.document
    #expect(failure([claims, claims])?.contains("two documents cch.claims") == true)
    #expect(
      failure([claims, try Sample.hunt.document])?.hasPrefix("hunt.json: cch.hunt says nothing of the theory") == true)
    let escaping = try Sample.claims.value.replacing("claims[0].id", with: .string("../evil"))
    #expect(
      failure([try Document(name: "c.json", value: escaping)])?.contains("claims[0]: the id \"../evil\" names a page")
        == true)
  }
}
