import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningApp } from './app-fixture.ts'
import type { HitCounter } from '../helpers/hit-counter.ts'
import { countHits } from '../helpers/hit-counter.ts'
import { expect, test as base } from './app-fixture.ts'
import { openProject, prepareProject } from './steps.ts'

const test = base.extend<{ outside: HitCounter }>({
  outside: async ({}, use) => {
    const counter = await countHits()
    await use(counter)
    counter.close()
  },
})

/** How requests to the desktop or the service end: `answered`, or the code or text of the refusal. */
const ask = ({ page }: RunningApp, attempts: readonly (readonly [string, unknown])[]): Promise<readonly string[]> =>
  page.evaluate(
    (all) =>
      Promise.all(
        all.map(([verb, input]) =>
          window.flawsmith.invoke(verb as 'shell.describe', input as Record<string, never>).then(
            () => 'answered',
            (error: unknown) => String(error),
          ),
        ),
      ),
    attempts,
  )

/** Asks the service as the page does, over a port of its own: the code of the failure, or `answered`. */
const askService = ({ page }: RunningApp, verb: string, input: unknown): Promise<string> =>
  page.evaluate(
    async ([name, value]) => {
      const nonce = Array.from({ length: 32 }, () => '7').join('')
      const arrived = new Promise<MessagePort>((resolve) => {
        window.addEventListener('message', ({ data, ports }: MessageEvent<Record<string, unknown> | null>) => {
          if (data?.['flawsmith:port'] === nonce && ports[0] !== undefined) resolve(ports[0])
        })
      })
      await window.flawsmith.invoke('shell.connect', { nonce })
      const port = await arrived
      return new Promise<string>((resolve) => {
        port.onmessage = ({ data }: MessageEvent<{ kind: string; ok?: boolean; failure?: { code: string } }>) => {
          if (data.kind === 'response') resolve(data.ok === true ? 'answered' : (data.failure?.code ?? 'no code'))
        }
        port.postMessage({ kind: 'request', id: 1, verb: name, input: value })
      })
    },
    [verb, input] as const,
  )

/** What a hostile page could try; each line of the security chapter has its test here. */
test.describe('security', () => {
  test('the page has no Node and only the narrow bridge', async ({ app: { page } }) => {
    const found = await page.evaluate(() => ({
      node: ['require', 'process', 'Buffer', 'module', 'global'].filter((name) => name in globalThis),
      bridge: Object.keys((globalThis as unknown as { flawsmith: object }).flawsmith).sort(),
    }))
    expect(found).toEqual({
      node: [],
      bridge: ['invoke', 'onCloseAsked', 'onServiceLost', 'onServiceSilent', 'receiveDrop', 'setZoom'],
    })
  })

  test('windows are sandboxed, isolated and without Node integration', async ({ app: { electron } }) => {
    const preferences = await electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } = contents.getLastWebPreferences()
      return {
        sandbox,
        contextIsolation,
        nodeIntegration,
        webviewTag: webviewTag ?? false,
        webSecurity: webSecurity ?? true,
      }
    })
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
    })
  })

  test('the policy is sent as a header and forbids eval, inline scripts and foreign sources', async ({
    app: { page },
  }) => {
    const header = await page.evaluate(async () =>
      (await fetch('app://flawsmith/index.html')).headers.get('content-security-policy'),
    )
    expect(header).toContain("default-src 'none'")
    expect(header).not.toContain('unsafe')
    // The debugger may evaluate what the policy forbids; a timer runs as the page itself does.
    const blocked = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          setTimeout(() => {
            const attempts: Record<string, () => unknown> = {
              eval: () => (0, eval)('1') as unknown,
              // eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is the attack
              functionConstructor: () => Reflect.apply(new Function('return 1'), null, []) as unknown,
            }
            const outcomes = Object.entries(attempts).map(([name, attempt]) => {
              try {
                return `${name} ran: ${String(attempt())}`
              } catch (error) {
                return `${name} ${(error as Error).name}`
              }
            })
            resolve(outcomes)
          })
        }),
    )
    expect(blocked).toEqual(['eval EvalError', 'functionConstructor EvalError'])
  })

  test('nothing that the page or main asks for leaves the machine', async ({ app: { page, electron }, outside }) => {
    const address = `127.0.0.1:${outside.tcpPort}`
    const outcome = await page.evaluate(async (host) => {
      const violations: string[] = []
      const frameRefused = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          violations.push(effectiveDirective)
          if (effectiveDirective === 'frame-src') resolve()
        })
      })
      const image = new Image()
      const imageEnded = new Promise((resolve) => {
        image.onload = image.onerror = resolve
      })
      image.src = `http://${host}/image`
      for (const rel of ['preconnect', 'prefetch', 'dns-prefetch', 'stylesheet'])
        document.head.append(Object.assign(document.createElement('link'), { rel, href: `http://${host}/${rel}` }))
      document.body.append(Object.assign(document.createElement('script'), { src: `http://${host}/script` }))
      document.body.append(Object.assign(document.createElement('iframe'), { src: `http://${host}/frame` }))
      navigator.sendBeacon(`http://${host}/beacon`, 'secret')
      const socket = new WebSocket(`ws://${host}/socket`)
      const socketEnded = new Promise((resolve) => {
        socket.onopen = socket.onerror = resolve
      })
      const fetched = await fetch(`http://${host}/fetch`).then(
        () => 'reached',
        () => 'refused',
      )
      await Promise.all([imageEnded, socketEnded, frameRefused])
      return { fetched, violations: [...new Set(violations)].sort() }
    }, address)
    expect(outcome.fetched).toBe('refused')
    // The policy of the page comes before the guards of main.
    expect(outcome.violations).toEqual(
      expect.arrayContaining(['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem']),
    )
    // Main's own requests pass no policy: each guard has its own error.
    const fromMain = await electron.evaluate(async ({ net, session }, url) => {
      const errorOf = (work: Promise<unknown>): Promise<string> =>
        work.then(
          () => 'reached',
          (error: unknown) => String(error),
        )
      session.defaultSession.preconnect({ url, numSockets: 2 })
      return {
        requested: await errorOf(net.fetch(url)),
        resolved: await errorOf(session.defaultSession.resolveHost(new URL(url).hostname)),
      }
    }, `http://${address}/main`)
    expect(fromMain.requested).toContain('ERR_BLOCKED_BY_CLIENT')
    expect(fromMain.resolved).toContain('ERR_NAME_NOT_RESOLVED')
    expect(outside.hits()).toEqual([])
  })

  test('WebRTC gets no packet out', async ({ app: { page }, outside }) => {
    const gathered = await page.evaluate(
      async ([tcp, udp]) => {
        const servers = [
          { urls: `stun:127.0.0.1:${udp}` },
          { urls: `turn:127.0.0.1:${udp}?transport=udp`, username: 'secret', credential: 'secret' },
          { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, username: 'secret', credential: 'secret' },
        ]
        try {
          const peer = new RTCPeerConnection({ iceServers: servers })
          peer.createDataChannel('out')
          const complete = new Promise((resolve) => {
            peer.onicegatheringstatechange = () => {
              if (peer.iceGatheringState === 'complete') resolve('gathered')
            }
            setTimeout(() => {
              resolve('never gathered')
            }, 8000)
          })
          await peer.setLocalDescription(await peer.createOffer())
          return await complete
        } catch (error) {
          return String(error)
        }
      },
      [outside.tcpPort, outside.udpPort] as const,
    )
    expect(outside.hits(), String(gathered)).toEqual([])
  })

  test('navigation, popups and webviews are denied', async ({ app: { page, electron }, outside }) => {
    const before = page.url()
    const address = `http://127.0.0.1:${outside.tcpPort}/`
    await page.evaluate((url) => {
      window.location.href = url
    }, address)
    const popups = await page.evaluate(
      (url) => [url, 'app://flawsmith/index.html', 'about:blank'].map((target) => window.open(target) === null),
      address,
    )
    await page.evaluate((url) => {
      document.body.append(Object.assign(document.createElement('webview'), { src: url }))
      const form = Object.assign(document.createElement('form'), { action: url, method: 'post' })
      document.body.append(form)
      form.submit()
    }, address)
    expect(popups).toEqual([true, true, true])
    // Whatever was begun would have replaced the page by the time a new request is answered.
    await page.evaluate(() => window.flawsmith.invoke('shell.describe', {}))
    expect(page.url()).toBe(before)
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    expect(outside.hits()).toEqual([])
  })

  test('the page has no file dialogs of its own', async ({ app: { page } }) => {
    const pickers = ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker']
    expect(await page.evaluate((names) => names.filter((name) => name in window), pickers)).toEqual([])
  })

  test('downloads are denied', async ({ app: { page, electron }, workspace }) => {
    const folder = join(workspace.folder, 'downloads')
    await mkdir(folder)
    await electron.evaluate(({ app, session }, downloads) => {
      app.setPath('downloads', downloads)
      session.defaultSession.setDownloadPath(downloads)
      session.defaultSession.on('will-download', (event, item) => {
        Object.assign(globalThis, { downloads: { prevented: event.defaultPrevented, name: item.getFilename() } })
        // So that a download that was let through would show as a file, not as a dialog.
        if (!event.defaultPrevented) item.setSavePath(`${downloads}/${item.getFilename()}`)
      })
    }, folder)
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(['#!/bin/sh']))
      link.download = 'run.sh'
      document.body.append(link)
      link.click()
    })
    await expect
      .poll(() => electron.evaluate(() => (globalThis as { downloads?: unknown }).downloads))
      .toEqual({ prevented: true, name: 'run.sh' })
    // Chromium begins a file of its own before it asks, and clears it away.
    await expect.poll(() => readdir(folder)).toEqual([])
  })

  test('every permission is denied', async ({ app: { page } }) => {
    const states = await page.evaluate(() =>
      Promise.all(
        ['geolocation', 'notifications', 'camera', 'microphone'].map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      ),
    )
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied'])
  })

  test('media takes a hash and nothing else, and only with a project open', async ({ app: { page } }) => {
    const hash = 'a'.repeat(64)
    const paths = [
      '../../etc/passwd',
      '%2e%2e/%2e%2e/etc/passwd',
      hash.toUpperCase(),
      `${hash}.png`,
      `${hash}?x`,
      hash,
      '',
    ]
    const loaded = await page.evaluate(
      (all) =>
        Promise.all(
          all.map(
            (path) =>
              new Promise<boolean>((resolve) => {
                const image = new Image()
                image.onload = () => {
                  resolve(true)
                }
                image.onerror = () => {
                  resolve(false)
                }
                image.src = path
              }),
          ),
        ),
      ['image', 'frame', 'other'].flatMap((host) => paths.map((path) => `media://${host}/${path}`)),
    )
    expect(new Set(loaded)).toEqual(new Set([false]))
  })

  test('a stored picture whose bytes are others is not shown as what it claims to be', async ({ app, workspace }) => {
    const { page } = app
    const folder = await prepareProject(workspace, { name: 'swapped', classes: { good: 2 } })
    const names = (await readdir(join(folder, 'images'), { recursive: true })).filter((name) => name.endsWith('.png'))
    const [first = '', second = ''] = names
    // Before it is opened: a picture that was shown once is kept, and those bytes were right.
    await writeFile(join(folder, 'images', first), await readFile(join(folder, 'images', second)))
    await openProject(app, folder)
    await expect(page.getByRole('banner')).toContainText('swapped')
    const widthOf = (name: string): Promise<number> =>
      page.evaluate(
        async (url) => {
          const image = new Image()
          await new Promise((resolve) => {
            image.onload = image.onerror = resolve
            image.src = url
          })
          // The policy lets no script read a picture; its size tells whose it is: 32 px are stored, the sign has none of its own.
          return image.naturalWidth
        },
        `media://image/${name.slice(3, -4)}`,
      )
    expect(await widthOf(second)).toBe(32)
    expect(await widthOf(first)).not.toBe(32)
    const answer = await app.electron.evaluate(
      async ({ net }, url) => {
        const response = await net.fetch(url)
        return { status: response.status, type: response.headers.get('content-type') }
      },
      `media://image/${first.slice(3, -4)}`,
    )
    expect(answer).toEqual({ status: 410, type: 'image/svg+xml' })
  })

  test('only the open project, its exports and our own folders are shown, and nothing is ever opened', async ({
    app,
    workspace,
  }) => {
    const folder = await prepareProject(workspace, { name: 'shown', classes: { good: 1 } })
    await openProject(app, folder)
    await expect(app.page.getByRole('banner')).toContainText('shown')
    await app.electron.evaluate(({ shell }) => {
      const calls: string[] = []
      Object.assign(globalThis, { calls })
      shell.openPath = (path) => Promise.resolve(calls.push(`open ${path}`)).then(() => '')
      shell.openExternal = (url) => Promise.resolve(calls.push(`open ${url}`)).then(() => undefined)
      shell.showItemInFolder = (path) => {
        calls.push(`show ${path}`)
      }
    })
    const refused = [
      join(folder, 'flawsmith.sqlite'),
      join(folder, 'images'),
      workspace.folder,
      '/bin/sh',
      '/etc',
      'https://example.invalid/',
      'file:///bin/sh',
      '\\\\server\\share',
      '//server/share',
      `${folder}/../../..`,
    ]
    const answers = await ask(
      app,
      refused.map((path) => ['shell.showFolder', { folder: path }]),
    )
    for (const answer of answers) expect(answer).toContain('is neither the open project nor one of its exports')
    const reports = await ask(
      app,
      refused.map((path) => ['shell.openReport', { folder: path }]),
    )
    for (const answer of reports) expect(answer).toContain('is neither the open project nor one of its exports')
    // Known, and without a report; then with one that is a link to something else.
    expect((await ask(app, [['shell.openReport', { folder }]]))[0]).toContain('There is no report')
    await symlink(join(folder, 'flawsmith.sqlite'), join(folder, 'report.html'))
    expect((await ask(app, [['shell.openReport', { folder }]]))[0]).toContain('There is no report')
    expect(await ask(app, [['shell.showFolder', { folder }]])).toEqual(['answered'])
    expect(await app.electron.evaluate(() => (globalThis as { calls?: unknown }).calls)).toEqual([`show ${folder}`])
  })

  test('the page creates, imports and exports only where the user has been', async ({ app, workspace }) => {
    const project = await prepareProject(workspace, { name: 'mine', classes: { good: 2, scratch: 2 } })
    const chosen = join(workspace.folder, 'chosen')
    const foreign = join(workspace.folder, 'foreign')
    for (const folder of [chosen, foreign]) await mkdir(folder)
    await openProject(app, project)
    await expect(app.page.getByRole('banner')).toContainText('mine')
    const requests = (folder: string): readonly (readonly [string, unknown])[] => [
      ['projects.create', { folder: join(folder, 'new'), size: 32, channels: 1 }],
      ['projects.createSample', { folder: join(folder, 'sample') }],
      ['exports.run', { folder: join(folder, 'out'), layout: 'imagefolder', target: 'max' }],
      ['dataset.proposeLayouts', { folder }],
      ['dataset.previewFiles', { folder, paths: ['a.png'], size: 32, fit: 'crop' }],
      ['dataset.import', { folder, fit: 'crop' }],
      ['projects.open', { folder }],
      ['projects.backups', { folder }],
      ['projects.restore', { folder, file: 'x' }],
      ['verify.run', { folder }],
    ]
    for (const [verb, input] of requests(foreign))
      expect(await askService(app, verb, input), verb).toBe('folder_not_granted')
    expect(await readdir(foreign)).toEqual([])
    // Neither a made-up drop nor a channel that is not the page's gives a folder.
    const madeUp = await app.page.evaluate(async () => window.flawsmith.receiveDrop(new File(['x'], 'foreign')))
    expect(madeUp).toBeNull()
    expect((await ask(app, [['flawsmith:dropped', foreign]]))[0]).toContain('There is no request')
    expect(await askService(app, 'dataset.import', { folder: foreign, fit: 'crop' })).toBe('folder_not_granted')
    // What a dialog answers is granted, and so is what lies below it; a sibling with the same beginning is not.
    await app.answerFolderDialog(chosen)
    await ask(app, [['shell.chooseFolder', { title: 'x', use: 'open' }]])
    expect(await askService(app, 'dataset.import', { folder: chosen, fit: 'crop' })).toBe('answered')
    expect(await askService(app, 'dataset.import', { folder: `${chosen} too`, fit: 'crop' })).toBe('folder_not_granted')
    expect(await askService(app, 'projects.create', { folder: join(chosen, 'new'), size: 32, channels: 1 })).toBe(
      'folder_not_granted',
    )
    await ask(app, [['shell.chooseFolder', { title: 'x', use: 'new-project' }]])
    expect(await askService(app, 'projects.create', { folder: join(chosen, 'new'), size: 32, channels: 1 })).toBe(
      'answered',
    )
  })

  test('the shell answers only well-formed requests', async ({ app }) => {
    const attempts = [
      ['shell.setTheme', { theme: 'pink' }],
      ['shell.setTheme', { theme: 'dark', extra: 1 }],
      ['shell.chooseFolder', { title: 'x'.repeat(500), use: 'open' }],
      ['shell.connect', { nonce: '../../x' }],
      ['shell.runProgram', { path: '/bin/sh' }],
    ] as const
    const answers = (await ask(app, attempts)).map((answer) => (answer === 'answered' ? answer : 'refused'))
    expect(answers).toEqual(['refused', 'refused', 'refused', 'refused', 'refused'])
  })
})
