// SPDX-License-Identifier: MIT

extension Generator {
  /// Values that hold values of their own kind, of at most `size` nodes: `leaf`, or what `node` makes of the generator of the
  /// parts.
  ///
  /// A part may take the place of the whole when a value is made simpler.
  ///
  /// - Precondition: `size` is not negative.
  public static func recursive(
    size: Int, leaf: Generator, node: @escaping @Sendable (Generator) -> Generator
  ) -> Generator {
    precondition(size >= 0, "a size is not negative")
    return Generator { tape in
      let root = tape.spans.count
      // Planned where the first part is drawn at random; a tape that is read again has its decisions.
      var planned: Int?
      return try part(root, size, leaf, node)(&tape, &planned)
    }
  }

  private typealias Part = @Sendable (inout ChoiceTape, inout Int?) throws -> Value

  private static func part(
    _ root: Int, _ size: Int, _ leaf: Generator, _ node: @escaping @Sendable (Generator) -> Generator
  ) -> Part {
    { tape, planned in
      var plan = planned
      defer { planned = plan }
      return try tape.span("node") { tape in
        let used = tape.spans[root...].count { $0.label == "node" } - 1
        let isNode = tape.choose(in: 0...(used < size ? 1 : 0), simplest: 0) { proposal in
          let target = plan ?? proposal.random.integer(in: 0...max(1, size * proposal.size / 100))
          plan = target
          return used < target && proposal.random.integer(in: 0...9) < 7 ? 1 : 0
        }
        guard isNode == 1 else { return try leaf(&tape) }
        let inner = plan
        return try node(
          Generator { tape in
            var plan = inner
            return try part(root, size, leaf, node)(&tape, &plan)
          })(&tape)
      }
    }
  }
}
