import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Bridge } from './bridge.ts';
import './frame.css';

/** Waits for the page around to hand over the port; whoever opens the frame by itself sees nothing, and reaches nothing. */
function handleMessage(event: MessageEvent): void {
  const [port] = event.ports;
  if (event.source !== parent || parent === window || !port) return;
  removeEventListener('message', handleMessage);
  const place = document.createElement('div');
  document.body.append(place);
  createRoot(place).render(<App bridge={new Bridge(port)} />);
}
addEventListener('message', handleMessage);
