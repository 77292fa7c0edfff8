// SPDX-License-Identifier: MIT
import ForAll
import GeneratableMacro
import Testing

@Generatable struct Person: Equatable {
  let name: String
  var age: UInt8, shoes: UInt8
  var friend: String?
  @Generated(.int(in: 5...9, towards: 5)) var level: Int
  let kind = "person"
  static let limit = 3
  var isOld: Bool { age > 60 }
}

@Generatable enum Suit: Equatable { case clubs, spades, joker(number: Int, Bool) }

@Generatable indirect enum Term: Equatable {
  case number(Int)
  case sum(Term, Term)
  case list([Term], named: String)
  case maybe(Term?)

  var size: Int {
    switch self {
    case .number: 0
    case .sum(let a, let b): 1 + a.size + b.size
    case .list(let parts, _): 1 + parts.map(\.size).reduce(0, +)
    case .maybe(let part): 1 + (part?.size ?? 0)
    }
  }
}

/// A type around others.
public enum Outer {
  /// A generator is as visible as its type.
  @Generatable package struct Nested: Equatable { package var tags: [String: Bool] }
  @Generatable struct Empty: Equatable {}
}

@Suite(.checks(keepsExamples: false)) struct GeneratableTests {
  private func simplest<Value: Generatable>(
    cases: Int = 5_000, where isWanted: @escaping @Sendable (Value) -> Bool
  ) async -> Value? {
    await Property("simplest", Generator<Value>.any()) { value, _ in !isWanted(value) }
      .check(CheckSettings(cases: cases)).counterexample?.value
  }

  @Test func structuresShrink() async {
    let plain = Person(name: "", age: 0, shoes: 0, friend: nil, level: 5)
    #expect(await simplest { (_: Person) in true } == plain)
    var expected = plain
    (expected.age, expected.friend) = (61, "a")
    #expect(await simplest { (person: Person) in person.isOld && person.friend?.isEmpty == false } == expected)
    #expect(await simplest { (person: Person) in !(5...9).contains(person.level) } == nil)
    #expect(await simplest { (nested: Outer.Nested) in !nested.tags.isEmpty } == Outer.Nested(tags: ["": false]))
    #expect(await simplest { (_: Outer.Empty) in true } == Outer.Empty())
  }

  @Test func casesShrink() async {
    #expect(await simplest { (_: Suit) in true } == .clubs)
    #expect(await simplest { (suit: Suit) in suit != .clubs } == .spades)
    #expect(
      await simplest { (suit: Suit) in if case .joker(let number, _) = suit { number > 3 } else { false } }
        == .joker(number: 4, false))
  }

  @Test func treesShrinkAndStaySmall() async {
    #expect(await simplest { (_: Term) in true } == .number(0))
    #expect(
      await simplest { (term: Term) in if case .list(_, let name) = term { !name.isEmpty } else { false } }
        == .list([], named: "a"))
    #expect(await simplest { (term: Term) in term.size > 2 }?.size == 3)
    #expect(await simplest(cases: 2_000) { (term: Term) in term.size > 20 } == nil)
    await forAll(Generator<Term>.any()) { (term: Term, trial: inout Trial) in
      trial.label("nested", if: term.size > 3)
    }
  }
}
