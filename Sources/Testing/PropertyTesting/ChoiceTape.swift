// SPDX-License-Identifier: MIT

import SeededRuns

/// The choices that a generator makes, recorded: what is generated, shrunk, mutated, replayed and stored is this tape.
///
/// A tape first gives back the values that it was made with, each moved into the range that the generator asks for; after
/// them it goes on at random or, without a source of randomness, with the simplest values. A generator that asks for more
/// than the tape holds, such as one that draws until something new comes, gets values that end it, and its case is rejected.
public struct ChoiceTape: ChoiceSource, Sendable {
  /// The longest tape; the case of a generator that asks for more is rejected as too large.
  public static let limit = 8_192
  /// A generator that asks for so many more is taken to have no end.
  static let endless = 1 << 24

  /// A stretch of choices that make one value, such as an element of an array.
  public struct Span: Sendable, Hashable {
    /// What was generated; spans of the same label can stand for each other.
    public let label: String
    /// The place of its first choice.
    public let start: Int
    /// The place after its last choice.
    public fileprivate(set) var end: Int
    /// The number of spans around it.
    public let depth: Int
    /// Its choices.
    public var range: Range<Int> { start..<end }

    /// The labels that collections and filters use, whatever they hold.
    static let builtInLabels: Set<String> = ["array", "element", "try", variant, scalar, optional, step]
    /// The label of values of several kinds: its first choice is the kind, and all kinds take as many choices.
    static let variant = "variant"
    /// The label of a command in a program: what follows may refer to what it leaves.
    static let step = "step"
    /// The label of a value that is there because the choice before it says so.
    static let optional = "some"
    /// The label of a Unicode scalar: its choice is a place in the order of ``Scalars``.
    static let scalar = "scalar"
  }

  /// The choices so far.
  public private(set) var choices: [Choice] = []
  /// The spans so far, in the order of their beginnings.
  public private(set) var spans: [Span] = []
  /// Whether the generator asked for more choices than the tape holds.
  public private(set) var isTooLarge = false
  /// How large random values should be, 1 … 100: small ones are tried first.
  public let size: Int
  private let given: [Int]
  private let longest: Int
  private var random: RandomSource?
  private var depth = 0
  private var overrun = 0
  /// Where the choices are written down, for the case that the process ends.
  var slot: CaseFile.Slot?

  /// A tape of random choices.
  public init(random: RandomSource, size: Int = 100) { self.init([], then: random, size: size) }

  /// A tape that gives back `values`, then random choices from `random`, or the simplest ones.
  public init(_ values: [Int], then random: RandomSource? = nil, size: Int = 100) {
    (given, self.random, self.size, longest) = (values, random, size, ChoiceTape.limit)
  }

  /// A tape that gives back `values`, then the simplest ones, and holds at most `longest` choices.
  init(_ values: [Int], longest: Int) {
    (given, random, size, self.longest) = (values, nil, 100, Swift.min(longest, ChoiceTape.limit))
  }

  /// A tape that `values` were drawn from, it is not known for what.
  init(drawn values: [Int]) {
    self.init(values)
    choices = values.map { Choice($0, in: Int.min...Int.max, simplest: 0) }
  }

  /// The tape of a request from another process.
  init(_ request: CaseRequest) {
    (given, size, longest) = (request.given, request.size, request.longest)
    random = request.random.map { RandomSource(state: $0) }
  }

  /// What another process needs to make the same tape; of one that nothing was drawn from.
  func request(isReported: Bool) -> CaseRequest {
    CaseRequest(given: given, random: random?.state, size: size, longest: longest, isReported: isReported)
  }

  /// The values of the choices.
  public var values: [Int] { choices.map(\.value) }

  /// A choice at random with every number of `range` equally likely; simplest is the number nearest to 0.
  public mutating func integer(in range: ClosedRange<Int>) -> Int {
    choose(in: range, simplest: 0) { $0.random.integer(in: range) }
  }

  /// What a random choice may look at.
  public struct Proposal {
    /// Randomness that is not recorded; the choice that comes of it is.
    public var random: RandomSource
    /// How large values should be, 1 … 100.
    public let size: Int
    /// The choices before this one.
    public let earlier: [Choice]
  }

  /// A choice in `range` that shrinks towards `simplest`; at random it is what `propose` says.
  public mutating func choose(
    in range: ClosedRange<Int>, simplest: Int, propose: (inout Proposal) -> Int
  ) -> Int {
    var value = simplest
    if choices.count >= longest { return Choice.clamp(beyondTheEnd(simplest, propose), range) }
    if choices.count < given.count {
      value = given[choices.count]
    } else if let source = random {
      var proposal = Proposal(random: source, size: size, earlier: choices)
      value = propose(&proposal)
      random = proposal.random
    }
    let choice = Choice(value, in: range, simplest: simplest)
    slot?.draw(choice.value, at: choices.count)
    choices.append(choice)
    return choice.value
  }

  /// A value that is not recorded, for a generator that must only come to its end.
  ///
  /// Simplest values end what grows, such as a tree of parts; a loop until something new comes needs others. So stretches
  /// of mostly simplest values take turns with random ones: what ends with probability 1 at random ends here too.
  @inline(never) private mutating func beyondTheEnd(_ simplest: Int, _ propose: (inout Proposal) -> Int) -> Int {
    isTooLarge = true
    overrun += 1
    if overrun > ChoiceTape.endless {
      fatalError("a generator asked for more than \(ChoiceTape.endless) choices for one value: it has no end")
    }
    var source = random ?? RandomSource(seed: 0, index: UInt64(longest))
    let isMostlySimplest = overrun / 512 % 2 == 0
    var value = simplest
    if !isMostlySimplest || source.integer(in: 0...7) == 0 {
      var proposal = Proposal(random: source, size: size, earlier: choices)
      value = propose(&proposal)
      source = proposal.random
    }
    random = source
    return value
  }

  /// Marks the choices that `body` makes, and those from place `start` on, as one value of kind `label`.
  public mutating func span<Result>(
    _ label: String, from start: Int? = nil, _ body: (inout ChoiceTape) throws -> Result
  ) rethrows -> Result {
    let place = spans.count
    spans.append(Span(label: label, start: start ?? choices.count, end: choices.count, depth: depth))
    depth += 1
    defer {
      depth -= 1
      spans[place].end = choices.count
    }
    return try body(&self)
  }
}

extension ChoiceTape {
  /// Whether this tape is simpler than `other`: shorter, or as long with the first different choice nearer to its simplest.
  func isSimpler(than other: ChoiceTape) -> Bool {
    if choices.count != other.choices.count { return choices.count < other.choices.count }
    for (a, b) in zip(choices, other.choices) where a.rank != b.rank { return a.rank < b.rank }
    return false
  }
}
