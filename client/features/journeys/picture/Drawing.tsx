import type { Picture, Shape } from './arrange.ts';
import type { Colors } from './paint.ts';

type Props = { picture: Picture; colors: Colors; label: string; view: string; className?: string | undefined };

/** A picture on the screen. `view`: what of it is seen, as the viewBox has it. */
export function Drawing({ picture, colors, label, view, className }: Props) {
  return (
    <svg className={className} viewBox={view} role="img" aria-label={label} preserveAspectRatio="xMidYMin meet">
      <defs>
        {(['accent', 'control-line'] as const).map((tone) => (
          <marker
            key={tone}
            id={`picture-${tone}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 1 L7 4 L0 7 z" fill={colors(tone)} />
          </marker>
        ))}
      </defs>
      {picture.shapes.map((shape, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a picture is drawn whole, and its shapes have no names.
        <Drawn key={at} shape={shape} colors={colors} />
      ))}
    </svg>
  );
}

function Drawn({ shape, colors }: { shape: Shape; colors: Colors }) {
  switch (shape.kind) {
    case 'box': {
      const { kind: _, fill, edge, radius, ...box } = shape;
      return <rect {...box} rx={radius} fill={colors(fill)} stroke={edge && colors(edge)} />;
    }
    case 'text':
      return (
        <text
          x={shape.x}
          y={shape.y}
          fontSize={shape.size}
          fontWeight={shape.isStrong ? 600 : 400}
          fill={colors(shape.tone)}
        >
          {shape.text}
        </text>
      );
    case 'path':
      return (
        <path
          d={shape.d}
          fill="none"
          stroke={colors(shape.tone)}
          strokeWidth={shape.width}
          strokeDasharray={shape.dash}
          markerEnd={shape.hasTip ? `url(#picture-${shape.tone})` : undefined}
        />
      );
    case 'dot':
      return <circle cx={shape.x} cy={shape.y} r={5} fill={colors(shape.tone)} />;
  }
}
