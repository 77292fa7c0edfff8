// SPDX-License-Identifier: MIT
/// A run of equal elements.
public struct Run<Element: Equatable & Sendable>: Equatable, Sendable {
  /// What is repeated.
  public let element: Element
  /// How often.
  public let count: Int

  /// So many of an element.
  public init(_ element: Element, count: Int) { (self.element, self.count) = (element, count) }
}

/// The runs of `elements`, each as long as can be.
public func runs<Element: Equatable & Sendable>(of elements: [Element]) -> [Run<Element>] {
  elements.reduce(into: []) { runs, element in
    if let last = runs.last, last.element == element {
      runs[runs.count - 1] = Run(element, count: last.count + 1)
    } else {
      runs.append(Run(element, count: 1))
    }
  }
}

/// The elements that `runs` stand for.
public func elements<Element>(of runs: [Run<Element>]) -> [Element] {
  runs.flatMap { Array(repeating: $0.element, count: $0.count) }
}
