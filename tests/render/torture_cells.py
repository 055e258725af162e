"""The cells of the torture notebooks: `# %%` begins a cell, and may say what it is about."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"^# %%.*\n", re.MULTILINE)


def _cells(text: str) -> tuple[str, ...]:
    return tuple(cell.rstrip("\n") for cell in _BEGINS.split(text)[1:])


AWAITING = _cells(r"""
# %% what a kernel's loop lets a cell do, and a chapter may not
import asyncio
await asyncio.sleep(0.01)
'awaited'
# %%
async def later():
    print('inside')
    return 5
async def each():
    yield 1
    yield 2
# %%
[one async for one in each()], await asyncio.gather(later(), later())
# %%
task = asyncio.create_task(later())
async for one in each():
    print(one)
await task
""")
"""Cells that await at their top level."""

KEPT = _cells(r"""
# %% a kernel's loop runs around every cell
import asyncio
# %%
asyncio.get_running_loop() is asyncio.get_event_loop()
# %%
never = asyncio.create_task(asyncio.sleep(1000))
# %% what lasts from one cell to the next
import contextvars, decimal
setting = contextvars.ContextVar('setting', default=0)
_ = setting.set(5)
decimal.getcontext().prec = 5
# %%
setting.get(), decimal.Decimal(1) / 3
# %%
_ = setting.set(6)
setting.get()
# %%
setting.get(), decimal.Decimal(1) / 3
# %% who writes: programs, C code, threads, forked processes
import ctypes, os, subprocess, sys, time
print('first')
subprocess.run(['echo', 'a program'], check=True)
time.sleep(0.5)  # a kernel reads what programs write now and then
print('last')
# %%
subprocess.run(['sh', '-c', 'echo low; echo err >&2; printf "\\377\\342\\202\\254"'])
time.sleep(0.5)
# %%
ctypes.CDLL(None).puts(b'from C')
ctypes.CDLL(None).fflush(None)
time.sleep(0.5)
# %%
import threading
def within(what, *given):
    thread = threading.Thread(target=what, args=given)
    thread.start()
    thread.join()
# %%
for number in range(3):
    within(print, 'thread', number)
# %%
from IPython.display import *
within(display, HTML('<p>from a thread</p>'))
# %%
import multiprocessing
def double(number):
    sys.stdout.write(f'forked {number}\n')  # at once: ipykernel may mix the parts of two
    sys.stdout.flush()
    return 2 * number
with multiprocessing.get_context('fork').Pool(1) as pool:
    print(pool.map(double, [1, 2]))
# %%
sys.stdin.read(), subprocess.run(['cat'], capture_output=True, check=True).stdout
# %%
from contextlib import redirect_stdout
import io
caught = io.StringIO()
with redirect_stdout(caught):
    print('caught')
    display('passes')
caught.getvalue()
# %%
sys.stdout.writelines(['a', 'b\n'])
print('£ é 漢 😀 \x1b[1mbold\x1b[0m \r\b\t\0', end='')
# %%
sys.stdout.name, sys.stdout.errors, sys.stderr.name, sys.stdout.isatty()
# %%
breakpoint()
import logging
logging.warning('root')
logging.getLogger('a').error('named')
# %% displays
kept = display('first', display_id='a')
# %%
update_display(HTML('<b>second</b>'), display_id='a')
print('updated')
# %%
display('x', display_id='twice')
display('y', display_id='twice')
# %%
update_display('late', display_id='nobody')
# %%
print('one')
clear_output(wait=True)
clear_output()
print('two')
clear_output(wait=True)
# %%
print('after a wait')
# %%
display(1, 'two', None, [3])
display()
display('m', metadata={'text/plain': {'a': 1}})
# %%
import datetime
day = datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)
raw = {'text/plain': 'raw', 'application/json': {'day': day, 'bytes': b'x', 1: (2,)}}
display(raw, raw=True, transient={'display_id': 't'})
# %%
display(JSON({'n': 1}), Markdown('£'), Latex('x'), Javascript('1'))
display(Image(data=b'\x89PNG\r\n\x1a\n0000', format='png'))
# %%
class Rich:
    def _repr_png_(self):
        return b'\x89PNG'
    def _repr_json_(self):
        return {'a': 1}
    def _repr_latex_(self):
        return None
    def _repr_markdown_(self):
        return '*m*', {'meta': 1}
Rich()
# %%
class Own:
    def _ipython_display_(self):
        print('by itself')
        display('in')
Own()
# %%
float('nan'), {'b': {1}, 'a': ...}, '\ud800', 'a\u2028b'
# %% warnings
import warnings
for _ in range(3):
    warnings.warn('thrice')
for kind in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
    warnings.warn('once', kind)
# %%
def warns():
    warnings.warn('above', stacklevel=2)
warns()
# %% results and magics
1; 2
# %%
3;
# %%
3 # no result ;
# %%
%%capture held
print('hidden')
display('too')
5
# %%
held.show()
held.stdout, len(held.outputs)
# %%
%%html
<b>£</b>
# %%
%%bash
echo from bash; echo err >&2
# %%
said = !echo assigned
said
# %%
!echo out; exit 4
# %%
_exit_code, _, __, In[2][:6], len(Out)
# %%
%pwd
# %%
%precision 3
3.14159
# %%
print?
# %%
get_ipython().set_next_input('1')
get_ipython().getoutput('echo got')
# %%
get_ipython().events.register('post_run_cell', lambda ran: print('hook', ran.result))
get_ipython().events.register('post_execute', lambda: print('executed'))
# %%
6
# %%
7
# %% modules and processes find the notebook's own names
import inspect, pickle
pickle.loads(pickle.dumps(Rich())).__module__, inspect.getsource(warns)
# %%
__name__, '__file__' in globals(), os.environ['PAGER'], os.environ['MPLBACKEND']
# %% large outputs
print('A' * 1_200_000)
'B' * 1_200_000
# %%
display({'application/json': {'k': list(range(50_000))}}, raw=True)
# %%
for number in range(50_000):
    print(number)
""")
"""Cells that run to their end."""

FAILING = _cells(r"""
# %%
if True:
pass
# %%
def (:
# %%
try:
    1 / 0
except ZeroDivisionError as error:
    raise ValueError('with £') from error
# %%
raise KeyboardInterrupt
# %%
class Mine(Exception):
    def _render_traceback_(self):
        return ['my lines']
raise Mine
# %%
class Odd(Exception):
    def __str__(self):
        return 'words'
raise Odd
# %%
raise ExceptionGroup('many', [ValueError(1), TypeError('é')])
# %%
raise BaseException('base')
# %%
import no_such_drawing_library
# %%
import json
json.loads('{')
# %%
from IPython.display import clear_output
print('cleared')
clear_output(wait=True)
1 / 0
# %%
import warnings
with warnings.catch_warnings():
    warnings.simplefilter('error')
    warnings.warn('raised')
# %%
import asyncio
print('before')
await asyncio.sleep(0)
print('after')
1 / 0
# %%
class Broken:
    def __repr__(self):
        return 5
Broken()
# %%
%%sh
exit 3
# %%
%nothing
# %%
%xmode Plain
# %%
1 / 0
""")
"""Cells of which each fails, by itself, or shows how the next one does."""

NO_ANSWER = "was called, but this frontend does not support input requests."
REFUSED = dict(
    zip(
        _cells(r"""
# %%
input('name? ')
# %%
import getpass
getpass.getpass()
# %%
asyncio.run(asyncio.sleep(0))
# %%
import sys
sys.stdout.write(3)
# %%
class Half:
    def __repr__(self):
        return '\ud800'
Half()
# %%
from IPython.display import display
display({'application/json': {'d': 1j}}, raw=True)
# %%
sys.stderr.close()
print('x', file=sys.stderr)
"""),
        (
            f"raw_input {NO_ANSWER}",
            f"getpass {NO_ANSWER}",
            "asyncio.run() cannot be called from a running event loop",
            "write() argument must be str, not <class 'int'>",
            "'utf-8' codec can't encode character '\\ud800' in position 25: surrogates not allowed",
            "Can't clean for JSON: 1j",
            "I/O operation on closed file",
        ),
        strict=True,
    )
)
"""Cells that fail inside an engine, and what is said of each."""
