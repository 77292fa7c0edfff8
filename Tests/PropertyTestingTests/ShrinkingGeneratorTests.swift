// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import PropertyTesting

/// What each generator makes of the simplest tape, and where it ends when it is made simpler.
@Suite struct ShrinkingGeneratorTests {
  private func simplest<Value>(_ generator: Generator<Value>) throws -> Value {
    var tape = ChoiceTape([])
    return try generator(&tape)
  }

  /// The simplest value of `generator` for which `isWanted`, the same under several seeds; nil where they differ.
  private func minimal<Value: Equatable & Sendable>(
    _ generator: Generator<Value>, where isWanted: @escaping @Sendable (Value) -> Bool
  ) async -> Value? {
    let found = await ends(generator, where: isWanted)
    if let first = found.first, found.allSatisfy({ $0 == first }) { return first }
    Issue.record("\(found)")
    return nil
  }

  /// Where five seeds end; none where one finds nothing.
  private func ends<Value: Sendable>(
    _ generator: Generator<Value>, cases: Int = 20_000, where isWanted: @escaping @Sendable (Value) -> Bool
  ) async -> [Value] {
    var found: [Value] = []
    for seed in 0..<UInt64(5) {
      let report = await Property("minimal", generator) { value, _ in !isWanted(value) }
        .check(CheckSettings(cases: cases, seed: seed))
      guard let value = report.counterexample?.value else { return [] }
      found.append(value)
    }
    return found
  }

  private func integers<Value: FixedWidthInteger & Sendable>(_ type: Value.Type) async throws
  where Value.Magnitude: Sendable {
    #expect(try simplest(.integer(in: Value.min...Value.max)) == 0)
    #expect(await minimal(Generator<Value>.integer()) { $0 > 100 } == 101)
    #expect(await minimal(Generator<Value>.integer()) { $0 == .max } == .max)
    #expect(await minimal(Generator<Value>.integer(in: 3...90, towards: 50)) { $0 != 50 } == 51)
    #expect(await minimal(Generator<Value>.integer()) { $0 > Value.max / 2 } == Value.max / 2 + 1)
    if Value.isSigned {
      #expect(await minimal(Generator<Value>.integer()) { $0 < 0 } == 0 - 1)
      #expect(await minimal(Generator<Value>.integer()) { $0 == .min } == .min)
    }
    for index in 0..<500 {
      var tape = ChoiceTape(random: RandomSource(seed: 3, index: UInt64(index)), size: 1 + index % 100)
      #expect((5...90).contains(try Generator<Value>.integer(in: 5...90)(&tape)))
      #expect((Value.max - 3...Value.max).contains(try Generator<Value>.integer(in: Value.max - 3...Value.max)(&tape)))
    }
  }

  @Test func integersOfEveryWidth() async throws {
    try await integers(Int8.self)
    try await integers(UInt8.self)
    try await integers(Int16.self)
    try await integers(UInt32.self)
    try await integers(Int64.self)
    try await integers(UInt64.self)
    try await integers(UInt.self)
  }

  @Test func integersOf128Bits() async throws {
    #expect(try simplest(Generator<Int128>.integer()) == 0)
    #expect(await minimal(Generator<Int128>.integer()) { $0 > 1 << 70 } == (1 << 70) + 1)
    #expect(await minimal(Generator<UInt128>.integer()) { $0 > 100 } == 101)
    #expect(await minimal(Generator<Int128>.integer()) { $0 < -7 } == -8)
    let near = (Int128(1) << 100 - 5)...(Int128(1) << 100 + 5)
    for index in 0..<200 {
      var tape = ChoiceTape(random: RandomSource(seed: 4, index: UInt64(index)))
      #expect(near.contains(try Generator<Int128>.integer(in: near)(&tape)))
    }
  }

  private func floats<Value: BinaryFloatingPoint & Sendable>(_ type: Value.Type) async throws {
    let any = Generator<Value>.floatingPoint(isFinite: false)
    #expect(try simplest(any) == 0)
    #expect(await minimal(any) { $0 > 12.5 } == 13)
    #expect(await minimal(any) { $0 != $0.rounded() } == 0.5)
    #expect(await minimal(any) { $0.isInfinite } == .infinity)
    #expect(await minimal(any.map { $0.isNaN }) { $0 } == true)
    #expect(await minimal(any.map { $0.isZero && $0.sign == .minus }) { $0 } == true)
    #expect(await minimal(any.map { $0.isSubnormal }) { $0 } == true)
    #expect(await minimal(any) { $0 == .greatestFiniteMagnitude } == .greatestFiniteMagnitude)
    #expect(await minimal(Generator<Value>.floatingPoint(in: 0.25...10)) { $0 != 1 } == 2)
    #expect(await minimal(Generator<Value>.floatingPoint(in: 0.25...10)) { $0 < 1 } == 0.5)
    for index in 0..<1_000 {
      var tape = ChoiceTape(random: RandomSource(seed: 5, index: UInt64(index)))
      #expect(try Generator<Value>.floatingPoint()(&tape).isFinite)
      #expect((0.3...0.4).contains(try Generator<Value>.floatingPoint(in: 0.3...0.4)(&tape)))
      let all = -Value.greatestFiniteMagnitude...Value.greatestFiniteMagnitude
      #expect(try Generator<Value>.floatingPoint(in: all)(&tape).isFinite)
    }
  }

  @Test func floatingPointNumbers() async throws {
    try await floats(Double.self)
    try await floats(Float.self)
    #if !(os(macOS) && arch(x86_64))
      try await floats(Float16.self)
    #endif
  }

  @Test func text() async throws {
    #expect(try simplest(.unicodeScalar) == "a" && simplest(.character) == "a" && simplest(.string()).isEmpty)
    #expect(await minimal(Generator<String>.string()) { $0.count > 2 } == "aaa")
    #expect(await minimal(Generator<String>.string()) { $0.contains { $0.isNumber } } == "0")
    #expect(await minimal(Generator<String>.string()) { $0.uppercased().count > $0.count } == "ß")
    #expect(await ends(.character) { $0.unicodeScalars.count > 2 }.count == 5)
    #expect(await minimal(Generator<String>.string(of: "xyz")) { $0.contains("z") } == "z")
    #expect(await minimal(Generator<String>.string(of: .ascii)) { $0.contains(" ") } == " ")
    // The order of scalars leaves none out and names none twice.
    #expect(Set((0..<Scalars.count).map { Scalars.scalar(at: $0) }).count == Scalars.count)
    for scalar in Scalars.troublesome { #expect(Scalars.scalar(at: Scalars.place(of: scalar)) == scalar) }
  }

  @Test(arguments: [
    #"\d{4}-\d{2}-\d{2}"#, "^[A-Za-z_][A-Za-z0-9_]*$", "(?:ab|c+)?d", "[^,]+(,[^,]+)*", #"\w+@\w+\.(com|org)"#,
    ".{3,5}",
    #"\$\d+(\.\d\d)?"#, "x{0,2}y+?z*", "[-+]?[0-9]+", "", "a|", #"[\d\-a-c]{2}"#, #"\S\s\D\W"#, "(?<year>[0-9]{4})",
  ])
  func stringsMatchTheirPattern(pattern: String) throws {
    let (generator, regex) = (try Generator<String>.string(matching: pattern), try Regex(pattern))
    for index in 0..<200 {
      var tape = ChoiceTape(random: RandomSource(seed: 6, index: UInt64(index)))
      let text = try generator(&tape)
      #expect(try regex.wholeMatch(in: text) != nil, "\(text)")
    }
  }

  @Test func patternsShrinkAndSayWhatIsWrong() async throws {
    #expect(try simplest(.string(matching: #"\d{4}-\d{2}"#)) == "0000-00")
    let mail = try Generator<String>.string(matching: #"[a-z]+@[a-z]+\.(com|org)"#)
    #expect(await minimal(mail) { $0.hasSuffix("org") } == "a@a.org")
    func error(_ pattern: String) -> PatternError? {
      do throws(PatternError) { _ = try Generator<String>.string(matching: pattern) } catch { return error }
      return nil
    }
    for (pattern, offset) in [
      ("a(b", 3), ("a)", 1), ("*a", 0), ("[a", 2), ("a{2,1}", 1), ("a{x}", 1), (#"\1"#, 1), (#"\b"#, 1), ("(?=a)", 2),
      ("a^b", 1), ("a$b", 1), ("[b-a]", 4), (#"\"#, 1), ("a**", 2), (#"[^\s\S]"#, 7),
    ] {
      #expect(error(pattern)?.offset == offset, "\(pattern): \(String(describing: error(pattern)))")
    }
  }

  @Test func collections() async throws {
    let small = Generator.int(in: 0...9)
    #expect(try simplest(small.set()).isEmpty && simplest(small.dictionary(keys: small)).isEmpty)
    #expect(await minimal(small.set()) { $0.count > 2 } == [0, 1, 2])
    #expect(await minimal(small.uniqueArray(count: 0...10)) { $0 != $0.sorted() } == [1, 0])
    #expect(await minimal(small.set(count: 10...10)) { _ in true } == Set(0...9))
    #expect(await minimal(small.dictionary(keys: Generator<String>.string())) { $0.count > 1 } == ["": 0, "a": 0])
    #expect(await minimal(small.uniqueArray(by: { $0 % 3 })) { $0.count > 2 } == [0, 1, 2])
    let too = await Property("too many", Generator.bool.set(count: 3...4)) { _, _ in true }.check(
      CheckSettings(cases: 20))
    #expect(!too.isPass && too.message.contains("hardly tested"))
    let letters = Generator<[String]>.permutation(of: ["a", "b", "c", "d"])
    #expect(try simplest(letters) == ["a", "b", "c", "d"])
    #expect(await minimal(letters) { $0.last != "d" } == ["a", "b", "d", "c"])
    #expect(await minimal(letters) { $0.first == "d" } == ["d", "a", "b", "c"])
    #expect(await minimal(Generator<[Int]>.subset(of: [1, 2, 3, 4])) { $0.contains(3) } == [3])
    #expect(await minimal(Generator<Range<Int>>.range(of: .int(in: -1_000...1_000))) { $0.count > 4 } == 0..<5)
    #expect(
      await minimal(Generator<ClosedRange<Int>>.closedRange(of: .int(in: -1_000...1_000))) { $0.count > 4 } == 0...4)
    // All of them come up.
    var seen = Set<[String]>()
    for index in 0..<2_000 {
      var tape = ChoiceTape(random: RandomSource(seed: 7, index: UInt64(index)))
      seen.insert(try letters(&tape))
    }
    #expect(seen.count == 24)
  }

  enum Suit: CaseIterable { case clubs, diamonds, hearts, spades }
  struct Options: OptionSet {
    let rawValue: UInt8
    static let (a, b, c) = (Options(rawValue: 1), Options(rawValue: 2), Options(rawValue: 4))
  }

  @Test func valuesOfFoundation() async throws {
    #expect(await minimal(Generator<Suit>.allCases) { $0 != .clubs } == .diamonds)
    #expect(await minimal(Generator<Options>.options([.a, .b, .c])) { $0.contains(.c) } == .c)
    #expect(await minimal(Generator<Data>.data()) { $0.contains { $0 > 99 } } == Data([100]))
    #expect(try simplest(.date()) == Date(timeIntervalSinceReferenceDate: 0))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
    let utc = calendar
    let leapDays = await ends(Generator<Date>.date()) {
      utc.component(.day, from: $0) == 29 && utc.component(.month, from: $0) == 2
    }
    #expect(leapDays.count == 5)
    let year = Date(timeIntervalSinceReferenceDate: 1_000)...Date(timeIntervalSinceReferenceDate: 2_000)
    #expect(await minimal(Generator<Date>.date(in: year)) { _ in true } == year.lowerBound)
    #expect(await minimal(Generator<Duration>.duration()) { $0 > .seconds(3) } == .seconds(4))
    #expect(await minimal(Generator<Duration>.duration(in: .zero ... .seconds(1))) { $0 > .zero } == .seconds(1))
    #expect(try simplest(.uuid).uuidString == "00000000-0000-0000-0000-000000000000")
    #expect(
      await minimal(Generator<UUID>.uuid) { $0.uuid.15 > 15 }?.uuidString == "00000000-0000-0000-0000-000000000010")
    #expect(try simplest(.url).absoluteString == "https://a")
    let query = await minimal(Generator<URL>.url) { $0.query != nil }?.absoluteString
    #expect(query == "https://a?=")
    #expect(await minimal(Generator<URL>.url) { $0.port != nil }?.absoluteString == "https://a:1")
    #expect(await minimal(Generator<[Int: [String?]]>.any()) { !$0.isEmpty } == [0: []])
  }

  indirect enum Tree: Equatable, Sendable {
    case leaf(Int)
    case node(Tree, Tree)
    var size: Int { if case .node(let a, let b) = self { 1 + a.size + b.size } else { 0 } }
    var leaves: [Int] {
      switch self {
      case .leaf(let value): [value];
      case .node(let a, let b): a.leaves + b.leaves
      }
    }
  }

  @Test func treesOfASize() async throws {
    let trees = Generator<Tree>.recursive(size: 40, leaf: Generator.int(in: 0...99).map { .leaf($0) }) { part in
      Generator<(Tree, Tree)>.pair(part, part).map { .node($0, $1) }
    }
    #expect(try simplest(trees) == .leaf(0))
    #expect(await minimal(trees) { $0.leaves.contains { $0 > 6 } } == .leaf(7))
    #expect(await minimal(trees) { $0.size > 1 }?.size == 2)
    var sizes: [Int] = []
    for index in 0..<500 {
      var tape = ChoiceTape(random: RandomSource(seed: 8, index: UInt64(index)))
      sizes.append(try trees(&tape).size)
    }
    #expect(sizes.allSatisfy { $0 <= 40 } && sizes.contains { $0 > 25 } && sizes.contains(0))
  }

  @Test func functionsArePureAndPrint() async throws {
    let functions = Generator<PureFunction<Int, Int>>.function(to: .int(in: 0...99))
    let report = await Property("constant", functions) { f, trial in
      trial.note("\(f)")
      return f(1) == f(2)
    }.check()
    let found = try #require(report.counterexample)
    #expect(Set([found.value(1), found.value(2)]) == [0, 1])
    #expect(found.value.description.contains("1 → ") && found.value.description.contains("2 → "))
    #expect(found.value(1) == found.value(1))
    #expect(try simplest(functions).description == "always 0")
    // Map is not filter: a law that fails needs two functions.
    let pair = Generator<(PureFunction<Int, Bool>, [Int])>.pair(.function(to: .bool), Generator.int(in: 0...9).array())
    let filters = await Property("filter", pair) { value, _ in
      value.1.filter { value.0($0) }.count == value.1.count
    }.check()
    #expect(filters.counterexample?.value.1 == [0] && filters.counterexample?.value.0.description == "always false")
  }

  struct Person: Codable, Equatable { var name: String, age: UInt8, tags: [String] }

  /// Readers that are not strict are caught with the smallest change.
  @Test func nearMissesOfJSON() async throws {
    let people = Generator<Person> { tape in
      Person(
        name: try Generator<String>.string(of: .ascii, count: 0...5)(&tape), age: try Generator<UInt8>.integer()(&tape),
        tags: try Generator<String>.string(of: "ab", count: 0...2).array(count: 0...3)(&tape))
    }
    let texts = Generator<Data>.jsonNearMisses(of: people)
    #expect(try JSONDecoder().decode(Person.self, from: simplest(texts)) == Person(name: "", age: 0, tags: []))
    let invalid = await ends(texts.map { String(decoding: $0, as: UTF8.self) }) { text in
      (try? JSONDecoder().decode(Person.self, from: Data(text.utf8))) == nil
    }
    #expect(invalid.count == 5 && invalid.allSatisfy { $0.utf8.count < 40 }, "\(invalid)")
    // A reader that takes a missing age for 0.
    let lenient = await ends(texts.map { String(decoding: $0, as: UTF8.self) }) { text in
      let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return object.map { $0["name"] is String && $0["tags"] is [String] && $0["age"] == nil } ?? false
    }
    #expect(
      lenient.count == 5 && lenient.contains(#"{"name":"","tags":[]}"#) && lenient.allSatisfy { $0.utf8.count < 32 })
    var kinds = Set<String>()
    for index in 0..<500 {
      var tape = ChoiceTape(random: RandomSource(seed: 9, index: UInt64(index)))
      let data = try texts(&tape)
      do {
        _ = try JSONDecoder().decode(Person.self, from: data)
        kinds.insert("valid")
      } catch DecodingError.keyNotFound { kinds.insert("missing") } catch DecodingError.typeMismatch {
        kinds.insert("type")
      } catch DecodingError.valueNotFound { kinds.insert("null") } catch { kinds.insert("corrupt") }
    }
    #expect(kinds.count == 5, "\(kinds)")
  }
}

/// Values of types that say only how they are decoded.
@Suite struct DecodedValuesTests {
  enum Colour: String, Codable, CaseIterable { case red, green, blue }
  struct Address: Codable, Equatable { var street: String, number: UInt16, note: String? }
  struct Person: Codable, Equatable {
    var name: String, colour: Colour, addresses: [Address], friends: [Person], best: [String: Address]
    var born: Date?
  }
  struct Even: Decodable, Equatable {
    let value: Int
    init(from decoder: any Decoder) throws {
      value = try decoder.singleValueContainer().decode(Int.self)
      guard value % 2 == 0 else {
        throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "odd"))
      }
    }
  }
  enum Shape: Codable { case circle(radius: Double), square(side: Double) }

  @Test func decodedValuesShrink() async throws {
    let people = Generator<Person>.decoded()
    var tape = ChoiceTape([])
    let plain = Person(name: "", colour: .red, addresses: [], friends: [], best: [:], born: nil)
    #expect(try people(&tape) == plain)
    func simplest(_ isWanted: @escaping @Sendable (Person) -> Bool) async -> Person? {
      await Property("person", people) { person, _ in !isWanted(person) }.check(CheckSettings(cases: 3_000))
        .counterexample?.value
    }
    var expected = plain
    expected.addresses = [Address(street: "", number: 101, note: nil)]
    #expect(await simplest { $0.addresses.contains { $0.number > 100 } } == expected)
    expected = plain
    expected.colour = .blue
    #expect(await simplest { $0.colour == .blue } == expected)
    expected = plain
    expected.friends = [plain]
    #expect(await simplest { !$0.friends.isEmpty } == expected)
    // There and back.
    let report = await Property("JSON", people) { person, _ in
      try JSONDecoder().decode(Person.self, from: JSONEncoder().encode(person)).name == person.name
    }.check(CheckSettings(cases: 200))
    #expect(report.isPass, "\(report.message)")
  }

  @Test func whatAnInitializerRefusesIsRejected() async {
    let even = await Property("even", Generator<Even>.decoded()) { $0.value % 2 == 0 || $1.labels.isEmpty }.check()
    #expect(even.isPass && even.statistics.rejected > 100)
    let shapes = await Property("shapes", Generator<Shape>.decoded()) { _, _ in true }.check()
    #expect(!shapes.isPass)
  }
}
