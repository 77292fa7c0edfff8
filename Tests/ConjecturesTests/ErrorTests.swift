// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Testing

@testable import Conjectures

@Suite struct ErrorTests {
  private func fault(_ text: String) -> ConjectureError? {
    do { _ = try Conjecture(text) } catch { return error }
    return nil
  }

  /// Each wrong text, the rule that it breaks, the column from 1, and a part of the message.
  @Test(arguments: [
    ("", ConjectureError.Rule.expected, 1, "a statement is expected"),
    ("lamda* < 1", .word, 1, "did you mean \"lambda\"?"),
    ("I(t;s) > I(s;y) => c < var(z|x2)", .word, 28, "none of the vectors"),
    ("c < vra(y|x2)", .word, 5, "did you mean \"var\"?"),
    ("I(t,s) > 0", .expected, 6, "an information is written I(t;s)"),
    ("cov(t) > 0", .expected, 8, "cov(t) ⪯ cov(y)"),
    ("var(y|x2 < c", .expected, 10, "\")\""),
    ("c < ", .expected, 5, "found the end"),
    ("c < 1 $ 2", .character, 7, "\"$\""),
    ("2k < 1", .expected, 2, "2*k"),
    ("c", .kind, 1, "compare it"),
    ("c < helps", .kind, 5, "a condition, where a quantity"),
    ("y > 0", .expected, 3, "after a random vector"),
    ("c > y", .kind, 5, "ask for var(y)"),
    ("I(t;s) > var(y)", .units, 1, "\"I(t;s)\" is an information (nats), \"var(y)\" has the unit y²"),
    ("var(x2) < var(y)", .units, 1, "the unit x2²"),
    ("var(y) > 1", .units, 1, "a pure number"),
    ("I(t;s)*I(s;y) > 1", .units, 1, "product of informations"),
    ("1/I(t;s) > 1", .units, 1, "division by an information"),
    ("I(t;s) > a", .kind, 10, "ln(\"a\")"),
    ("exp(I(t;s)/3) > 1", .kind, 1, "whole number"),
    ("ln(a + 1) > 0", .kind, 1, "sum with roots"),
    ("sqrt(a) > 1", .kind, 1, "irrational"),
    ("window.upper + 1 > 2", .kind, 1, "may be infinite"),
    ("beta/0 > 1", .kind, 6, "division by 0"),
    ("for all λ > 0: for all z > 0: λ < z", .quantifier, 24, "only one real variable"),
    ("for all λ > 0: R(λ) < R0*a", .quantifier, 16, "rational quantities only"),
    ("for all λ > 0: abs(λ) > 0", .quantifier, 16, "write comparisons"),
    ("for all c > 0: R(c) < R0", .word, 9, "is no word"),
    ("for all small λ > 1: R(λ) < R0", .quantifier, 17, "near enough to 0"),
    ("for λ: λ > 0", .expected, 5, "\"all\", \"every\" or \"some\""),
    ("a[j] < 1", .word, 3, "for every output j"),
    ("k[0] < 1", .kind, 1, "one number"),
    ("teacher = best", .word, 11, "\"ols\""),
    ("c < var(y|x2) helps", .expected, 15, "found \"helps\""),
    ("beta^2.5 < 1", .expected, 6, "a whole power"), ("beta^99 < 1", .expected, 6, "up to 32"),
    ("((k^32)^32)^32 < 1", .size, 3, "multiplied with each other"),
    ("let u = t - x1: I(u;y) > 0", .units, 5, "the unit y"), ("let u = x3: I(u;y) > 0", .word, 9, "unknown word"),
    ("let c = t: I(c;y) > 0", .word, 5, "a word of the language already"),
    ("let u = t, u = s: k > 0", .word, 12, "named already"),
    ("let t = s: k > 0", .word, 5, "a random vector already"), ("let u t: k > 0", .expected, 7, "\"=\" after the name"),
    ("let u = t I(u;y) > 0", .expected, 11, "\"+\""), ("let u = t - t: k > 0", .kind, 9, "a vector that is 0"),
    ("let u = (t - t): k > 0", .kind, 9, "a vector that is 0"),
    ("let u = (t, s): var(u - t) > σε²", .kind, 21, "a sum of vectors of 2 and of 1"),
    ("let u = (t, s): I(u[2];y) > 0", .kind, 19, "it has 2 parts"),
    ("let u = t: I(w;y) > 0", .word, 14, "none of the vectors"),
    ("let image = t: I(imag;y) > 0", .word, 18, "did you mean \"image\"?"),
    ("let rate = k: rat < 1", .word, 15, "did you mean \"rate\"?"),
    ("let u = t: u > 0", .expected, 14, "after a random vector"),
    ("I([1 2; 3]*x1;y) > 0", .expected, 3, "equally many"),
    ("I([0 0]*x1;y) > 0", .kind, 3, "a row of zeros"), ("I([1 a]*x1;y) > 0", .expected, 6, "a number, \";\" or \"]\""),
    ("I([1 2 3]*(t, s);y) > 0", .kind, 11, "a matrix of 3 columns times a vector of 2"),
    ("let z = λ: for all λ > 0: z < λ", .word, 20, "means something else"),
    ("let z = k: for all z > 0: z < 1", .word, 20, "named by \"let\""),
    ("for every output j: let u = t[j]: for every output j: k < 1", .word, 52, "means something else"),
    ("let r = var(y): r > 1", .units, 17, "a pure number"),
    ("let r = k < 1: r > 1", .expected, 11, "another name, or \":\""),
    ("cov((t,s),y) > 0*σε²", .kind, 1, "of 2 and of 1 vectors"),
    ("var((t,x1)) > 0*σε²", .units, 1, "another one of the vector"),
    ("I(t;s).A > I(s;y) => helps.A", .kind, 12, "write .A or .B"),
    ("c.A < c.B => helps", .kind, 14, "write (…).A or (…).B"),
    ("same Σ22, c.A => helps.A", .kind, 11, "leave .A and .B out"), ("(c.A).B < 1*σε².A", .kind, 6, "says already"),
    ("(helps.A).B => k.A < 1", .kind, 10, "says already"), ("c.A.B < σε².B", .kind, 4, "is enough"),
    ("c.C < σε²", .word, 1, "unknown word"),
    ("I(t;s).A > var(y).B", .units, 1, "units clash"),
    ("for some output j: β[j].A < 1", .kind, 1, "outputs are those of one instance"),
    ("teacher = jont => helps", .word, 11, "\"joint\""), ("tuned_gian > R0", .word, 1, "did you mean \"tuned_gain\"?"),
    ("m > var(y)", .units, 1, "\"m\" is a pure number"), ("R(var(y)) < R0", .units, 3, "pure number"),
    ("min(k) < 1", .expected, 1, "2 to 8 numbers"), ("binomial(k) < 1", .expected, 1, "two numbers"),
    ("sum over c[i] < 1", .word, 10, "a word of the language already"),
    ("sum over rows < 1", .expected, 15, "such as i"),
    ("sum over rows y: c[y] < σε²", .word, 15, "a random vector already"),
    ("sum over rows i: k[i] < 1", .kind, 18, "one for each row"), ("ℓ < 1", .expected, 1, "of a row"),
    ("sum over rows i: c[j] < σε²", .word, 20, "is no output here"),
    ("sum over rows i: var(t[i]) < σε²", .kind, 22, "and no vectors"),
    ("sum over rows i: c[i] < 1", .units, 1, "a pure number"), ("mean over i < 3: i > 1", .expected, 11, "over rows"),
    ("sum over i: i > 1", .expected, 11, "counts 0, 1"), ("sum over i < σε²: i > 1", .kind, 14, "without a unit"),
    ("sum over i < 3: c^i > 1", .kind, 17, "a power that counts"),
    ("sum over i < 3: (sum over j < 3: j) > 1", .quantifier, 18, "a sum within a sum"),
    ("let r = (sum over i < 3: i): sum over j < 3: r > 1", .quantifier, 30, "a sum within a sum"),
    ("sum over rows i: a > 1", .kind, 18, "no roots"), ("sum over i < 2: I(t;s) > 1", .kind, 17, "no informations"),
    ("sum over i < 2: λ* > 1", .kind, 17, "may be infinite"), ("floor(c) > 1", .kind, 7, "without a unit"),
    ("sum over rows i: c[i].A > σε².A", .kind, 1, "behind its brackets"),
    ("helps.A => sum over rows i: ℓ[i] > 1", .kind, 12, "said of neither instance"),
  ])
  func wrongTexts(_ text: String, _ rule: ConjectureError.Rule, _ column: Int, _ part: String) throws {
    let error = try #require(fault(text), "\(text)")
    #expect(error.rule == rule, "\(text): \(error)")
    #expect(error.place.lowerBound + 1 == column, "\(text): \(error)")
    #expect(error.message.contains(part), "\(text): \(error)")
    // The caret stands below the place.
    let lines = error.excerpt.split(separator: "\n")
    #expect(lines.count == (text.isEmpty ? 1 : 2) || text.isEmpty)
    if lines.count == 2 { #expect(lines[1].prefix { $0 == " " }.count == column - 1 + 2) }
  }

  @Test func tooMuch() throws {
    let nested = String(repeating: "(", count: 10_000)
    #expect(fault(nested + "k" + nested)?.rule == .size)
    #expect(fault(String(repeating: "(", count: 4_000) + "k < 1")?.rule == .size)
    #expect(fault(String(repeating: "not ", count: 2_000) + "helps")?.rule == .size)
    #expect(fault(String(repeating: "k<1 => ", count: 1_000) + "helps")?.rule == .size)
    #expect(fault(String(repeating: "k + ", count: 262_144) + "1 > 0")?.rule == .size)
    #expect(fault(String(repeating: "k+", count: 4_000) + "k > 0")?.rule == .size)
    #expect(fault("k < 0." + String(repeating: "3", count: 9_000))?.rule == .size)
    let long = "k < 1" + String(repeating: "7", count: 100_000)
    #expect(fault(long)?.rule == .size)
    let excerpt = try #require(fault(long)).excerpt
    #expect(excerpt.utf8.count < 400)
    // Names that stand for ever more, and brackets within vectors.
    let doubling = (1...40).map { "n\($0) = n\($0 - 1) + n\($0 - 1)" }.joined(separator: ", ")
    #expect(fault("let n0 = k, \(doubling): n40 > 0")?.rule == .size)
    let sideBySide = (1...40).map { "n\($0) = (n\($0 - 1), n\($0 - 1))" }.joined(separator: ", ")
    #expect(fault("let n0 = t, \(sideBySide): I(n40;y) > 0")?.rule == .size)
    #expect(fault("I(" + String(repeating: "(", count: 4_000) + "t;y) > 0")?.rule == .size)
    #expect(fault("I([" + String(repeating: "1 ", count: 4_000) + "]*x1;y) > 0")?.rule == .size)
    #expect(fault(String(repeating: "let n = k: ", count: 900) + "k > 0")?.rule == .word)
    #expect(fault((0..<300).map { "let n\($0) = k: " }.joined() + "k > 0")?.rule == .size)
    #expect(fault("same " + String(repeating: "n, ", count: 262_144) + "n => helps.A")?.rule == .size)
    // What is long but not too long is read.
    #expect(fault(String(repeating: "k + ", count: 900) + "1 > 0") == nil)
  }

  /// What a terminal would obey does not come through.
  @Test func excerptsAreHarmless() throws {
    let error = try #require(fault("k < \u{1B}[2J"))
    #expect(!error.excerpt.unicodeScalars.contains("\u{1B}") && !error.description.unicodeScalars.contains("\u{1B}"))
  }

  @Test(arguments: [
    ("", 1, "no statement"), ("  k < 1", 1, "none has begun"), ("a b: k < 1", 1, "its name and a colon"),
    ("# x\nmine: k < 1\nmine: k < 2", 3, "two statements"),
    ("mine:\n  k <\n# why\n  lamda", 4, "column 3: unknown word"),
    ("one: k < 1\nmine: lamda < 1", 2, "column 7: unknown word"), ("mine:\n  k <", 2, "column 6: expected"),
  ])
  func wrongFiles(_ text: String, _ line: Int, _ part: String) {
    do {
      _ = try ClaimFile(text)
      Issue.record("\(text) was read")
    } catch {
      #expect(error.line == line && error.description.contains(part), "\(error)")
    }
  }
}
