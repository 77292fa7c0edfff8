// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import FoundationXML
import SeededRuns

@testable import Plotting

/// An element of a picture as an XML parser reads it, for looking at what was drawn by other eyes than those that drew it.
final class SVGElement {
  let name: String
  let attributes: [String: String]
  var children: [SVGElement] = []
  var text = ""
  init(_ name: String, _ attributes: [String: String]) { (self.name, self.attributes) = (name, attributes) }

  /// This and all below it, in the order of the document.
  var all: [SVGElement] { [self] + children.flatMap(\.all) }
  func all(_ name: String) -> [SVGElement] { all.filter { $0.name == name } }
  func number(_ key: String) -> Double { Double(attributes[key] ?? "") ?? .nan }

  /// The place of a mark.
  var place: (x: Double, y: Double)? {
    guard let text = attributes["transform"], let match = text.wholeMatch(of: /translate\(([-0-9.]+) ([-0-9.]+)\)/),
      let x = Double(match.1), let y = Double(match.2)
    else { return nil }
    return (x, y)
  }

  /// From coordinate to value along an axis, by the marks of the axis alone: the line through the first and the last.
  func value(along axis: String, at coordinate: Double, isLogarithmic: Bool = false) -> Double {
    let ticks = all("g").first { $0.attributes["data-axis"] == axis }?.all("text") ?? []
    guard let a = ticks.first, let b = ticks.last, ticks.count > 1 else { return .nan }
    let (from, to) = (a.number(axis), b.number(axis))
    // Labels of y stand a little below their lines.
    let shift = axis == "y" ? 4.5 : 0
    let (low, high) = (a.number("data-v"), b.number("data-v"))
    let share = (coordinate + shift - from) / (to - from)
    return isLogarithmic ? low * pow(high / low, share) : low + share * (high - low)
  }
}

/// Reads a picture; nil where it is not well-formed XML.
func read(_ svg: String) -> SVGElement? {
  let reader = SVGReader()
  let parser = XMLParser(data: Data(svg.utf8))
  parser.delegate = reader
  return parser.parse() ? reader.root : nil
}

private final class SVGReader: NSObject, XMLParserDelegate {
  var root: SVGElement?
  private var open: [SVGElement] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let element = SVGElement(name, attributes)
    open.last?.children.append(element)
    if root == nil { root = element }
    open.append(element)
  }
  func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }
  func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
}

extension RandomSource {
  /// A number from 0 to 1.
  mutating func unit() -> Double { Double.random(in: 0..<1, using: &self) }
}
